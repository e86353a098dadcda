# SPDX-License-Identifier: BSL-1.0
#
# cmake -DPROGRAM=<program> -DEXPECTED=<file> -P compare.cmake: runs the program and compares what it prints.

cmake_path(GET EXPECTED STEM name)
set(actual ${name}.actual)
execute_process(COMMAND ${PROGRAM} OUTPUT_FILE ${actual} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${name} ended with ${status}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files --ignore-eol ${EXPECTED} ${actual} RESULT_VARIABLE differs)
if(differs)
  execute_process(COMMAND diff -u ${EXPECTED} ${actual})
  message(FATAL_ERROR "${name} does not print what ${EXPECTED} says")
endif()
