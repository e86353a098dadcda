# SPDX-License-Identifier: BSL-1.0
#
# cmake -DSOURCE=<file> -P check.cmake -- <compiler command>: the file must not compile, must say why in the words of its
# first line, and must compile when the mistake is taken out.

math(EXPR last "${CMAKE_ARGC} - 1")
foreach(k RANGE ${last})
  if(DEFINED compile)
    list(APPEND compile "${CMAKE_ARGV${k}}")
  elseif(CMAKE_ARGV${k} STREQUAL "--")
    set(compile "")
  endif()
endforeach()

file(STRINGS ${SOURCE} expect LIMIT_COUNT 1 REGEX "^// expect: ")
string(REPLACE "// expect: " "" expect "${expect}")
if(expect STREQUAL "")
  message(FATAL_ERROR "${SOURCE}: the first line is not `// expect: <regex>`")
endif()

set(ENV{LC_ALL} C)  # plain English and plain quotes
execute_process(COMMAND ${compile} RESULT_VARIABLE status ERROR_VARIABLE text)
if(status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} compiles, and must not")
elseif(NOT text MATCHES "${expect}")
  message(FATAL_ERROR "${SOURCE} fails, but not with `${expect}`:\n${text}")
endif()

execute_process(COMMAND ${compile} -DKINDRED_FAIL_FIXED RESULT_VARIABLE status ERROR_VARIABLE text)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${SOURCE} fails without the mistake too:\n${text}")
endif()
