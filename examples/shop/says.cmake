# SPDX-License-Identifier: BSL-1.0
#
# Runs PROGRAM with ARGUMENTS and demands its exit code and what it says.

execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
if(NOT code STREQUAL CODE)
  message(FATAL_ERROR "exit code ${code} instead of ${CODE}; it said:\n${out}")
endif()
if(NOT out MATCHES "${PATTERN}")
  message(FATAL_ERROR "'${PATTERN}' is not in what it said:\n${out}")
endif()
