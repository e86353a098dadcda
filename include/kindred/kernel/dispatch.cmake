# SPDX-License-Identifier: BSL-1.0
#
# kindred_add_kernels(<target> [ISAS avx512 avx2 sse2])
#
# The target then uses kernels (kindred/kernel/dense.hpp, the steps of kindred/kernel/steps.hpp) that are compiled several
# times over, once for each instruction set, of which the program takes the best that its processor has. The rest of the
# target is compiled as its own flags say, for every processor; KINDRED_DISPATCH is defined for it. The kernels give the
# same bits on all of them.
#
# Call it for every target whose sources include kindred, executables and libraries alike: one program may hold several.
# Kernels are compiled optimized whatever the build type: inlined, they cannot be mixed up by the linker with functions of
# the same name in files for lesser processors. sse2, which every x86-64 processor has, is always among them. On other
# processors, and with compilers other than g++ and clang, there is one set of kernels, with the flags of the target.

function(kindred_add_kernels target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "ISAS")
  if(NOT TARGET ${target})
    message(FATAL_ERROR "kindred_add_kernels: there is no target ${target}")
  endif()
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "kindred_add_kernels: what is ${arg_UNPARSED_ARGUMENTS}?")
  endif()

  set(flags_avx512 -march=x86-64 -mavx2 -mfma -mavx512f -mavx512cd -mavx512dq -mavx512bw -mavx512vl)
  set(needs_avx512 avx2 fma avx512f avx512cd avx512dq avx512bw avx512vl)
  set(flags_avx2 -march=x86-64 -mavx2 -mfma -mno-avx512f)
  set(needs_avx2 avx2 fma)
  set(flags_sse2 -march=x86-64 -mno-avx)
  set(known avx512 avx2 sse2)

  if(NOT DEFINED arg_ISAS)
    set(arg_ISAS ${known})
  endif()
  foreach(isa IN LISTS arg_ISAS)
    if(NOT isa IN_LIST known)
      message(FATAL_ERROR "kindred_add_kernels: there is no instruction set ${isa}; there are ${known}")
    endif()
  endforeach()

  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT MSVC AND CMAKE_SIZEOF_VOID_P EQUAL 8
     AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND NOT CMAKE_OSX_ARCHITECTURES MATCHES "arm64")
    set(last sse2)
    # Later flags win over those of the target: no contraction to fused multiply-add and no fast math, or the bits differ;
    # no optimization across files, or the instructions of one may end up in another; no sanitizers, which keep calls from
    # being inlined and g++ busy for minutes. Warnings are for our own builds.
    set(flags -O3 -ffp-contract=off -fno-fast-math -fno-lto -fno-sanitize=all -w)
  else()
    set(last baseline)
    set(arg_ISAS)
    set(flags)
  endif()

  set(folder ${CMAKE_CURRENT_BINARY_DIR}/kindred_kernels/${target})
  set(choices)
  set(halved)
  set(sources)
  foreach(isa IN LISTS known ITEMS baseline)  # from the best to the one that needs nothing
    if(isa STREQUAL last)
      string(APPEND choices "  return &kernels<${isa}, T>::all;")
    elseif(isa IN_LIST arg_ISAS)
      list(TRANSFORM needs_${isa} REPLACE "(.+)" "__builtin_cpu_supports(\"\\1\")" OUTPUT_VARIABLE needs)
      list(JOIN needs " && " needs)
      if(isa STREQUAL "avx512" AND "avx2" IN_LIST arg_ISAS)
        string(APPEND choices "  if (${needs} && __builtin_cpu_is(\"amdfam19h\")) return halved<T>();\n")
        set(halved [[
// Zen 4 executes 512 bits in two halves, and multiplies and adds panels in three quarters of the time 256 bits at once.
template <class T>
table<T> const* halved() noexcept {
  static table<T> const all = [] {
    table<T> mixed = kernels<avx512, T>::all;
    mixed.panel_dot = kernels<avx2, T>::all.panel_dot;
    return mixed;
  }();
  return &all;
}
]])
      endif()
      string(APPEND choices "  if (${needs}) return &kernels<${isa}, T>::all;\n")
    else()
      continue()
    endif()
    file(CONFIGURE OUTPUT ${folder}/${isa}.cpp @ONLY CONTENT [[
// Written by kindred_add_kernels: the kernels of one instruction set.
#define KINDRED_DETAIL_KERNELS
#include <kindred/kernel/here.hpp>
#include <kindred/kernel/steps.hpp>
#include <kindred/kernel/table.hpp>

namespace kindred::simd {
inline namespace KINDRED_DETAIL_VERSION {

template <class Isa, class T>
constinit table<T> const kernels<Isa, T>::all = {
    kernel::here<T>::dot,
    kernel::here<T>::squared_l2,
    kernel::here<T>::l1,
    kernel::here<T>::linf,
    kernel::here<T>::products,
    kernel::here<T>::axpy,
    kernel::here<T>::template panel<kernel::dot_step>,
    kernel::here<T>::template panel<kernel::squared_l2_step>,
    kernel::here<T>::template panel<kernel::l1_step>,
    kernel::here<T>::template panel<kernel::linf_step>,
    kernel::detail::all_below_here<T>,
};
template struct kernels<@isa@, float>;
template struct kernels<@isa@, double>;

}
}
]])
    set_source_files_properties(${folder}/${isa}.cpp TARGET_DIRECTORY ${target} PROPERTIES
      COMPILE_OPTIONS "${flags};${flags_${isa}}")
    list(APPEND sources ${folder}/${isa}.cpp)
  endforeach()

  file(CONFIGURE OUTPUT ${folder}/dispatch.cpp @ONLY CONTENT [[
// Written by kindred_add_kernels: asks the processor once, before main.
#include <kindred/kernel/table.hpp>

namespace kindred::simd {
inline namespace KINDRED_DETAIL_VERSION {

@halved@
template <class T>
table<T> const* best() noexcept {
@choices@
}

template <class T>
constinit table<T> const* chosen<T>::all = &kernels<@last@, T>::all;
template struct chosen<float>;
template struct chosen<double>;

// A library that is loaded later and has fewer kernels does not take back what another chose.
template <class T>
bool ask() noexcept {
  if (chosen<T>::all == &kernels<@last@, T>::all) chosen<T>::all = best<T>();
  return true;
}
namespace {
bool const asked = ask<float>() && ask<double>();
}

}
}
]])
  set_source_files_properties(${folder}/dispatch.cpp TARGET_DIRECTORY ${target} PROPERTIES COMPILE_OPTIONS "${flags};${flags_${last}}")
  list(APPEND sources ${folder}/dispatch.cpp)
  set_source_files_properties(${sources} TARGET_DIRECTORY ${target} PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON SKIP_LINTING ON)
  target_sources(${target} PRIVATE ${sources})
  target_compile_definitions(${target} PRIVATE KINDRED_DISPATCH)
endfunction()
