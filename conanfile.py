# SPDX-License-Identifier: BSL-1.0
#
# Conan 2. `conan create .` makes the package of this folder and tests it.
#
# What is packaged is what `cmake --install` installs, with its own kindredConfig.cmake: users who come by Conan get the
# same targets and functions as everybody else.

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, cmake_layout
from conan.tools.files import copy, load

required_conan_version = ">=2.1"


class KindredConan(ConanFile):
    name = "kindred"
    description = "Generic algorithms for social commerce: a header-only C++20 library"
    license = "BSL-1.0"
    topics = ("recommender", "collaborative-filtering", "clustering", "machine-learning", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeToolchain", "CMakeDeps"
    exports_sources = "CMakeLists.txt", "LICENSE", "include/*"
    test_package_folder = "tests/package/conan"
    no_copy_source = True

    def set_version(self):
        numbers = load(self, os.path.join(self.recipe_folder, "include", "kindred", "core", "version.hpp"))
        self.version = ".".join(re.findall(r"^#define KINDRED_VERSION_[A-Z]+ (\d+)$", numbers, re.MULTILINE))

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("eigen/[>=3.4.0 <6]")
        self.requires("xsimd/[>=8.1.0 <15]")

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def build(self):
        pass

    def package(self):
        cmake = CMake(self)
        cmake.configure(variables={"KINDRED_BUILD_TESTS": False, "KINDRED_BUILD_EXAMPLES": False})
        cmake.install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.set_property("pkg_config_name", "kindred")
        self.cpp_info.builddirs = [os.path.join("share", "cmake", "kindred")]
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
