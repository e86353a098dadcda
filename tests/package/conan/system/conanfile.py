# SPDX-License-Identifier: BSL-1.0
#
# A package that stands for what the system has installed, so that the test needs no remote. Conan's [platform_requires]
# would not do: CMakeDeps leaves them out of what it generates.
#
#   conan create system --name xsimd --version 8.1.0

from conan import ConanFile
from conan.tools.gnu import PkgConfig


class SystemConan(ConanFile):
    package_type = "header-library"

    def package_info(self):
        named = {"eigen": ("eigen3", "Eigen3", "Eigen3::Eigen")}
        pkg_config_name, file_name, target_name = named.get(self.name, (self.name,) * 3)
        PkgConfig(self, pkg_config_name).fill_cpp_info(self.cpp_info, is_system=False)
        self.cpp_info.set_property("cmake_file_name", file_name)
        self.cpp_info.set_property("cmake_target_name", target_name)
        self.cpp_info.set_property("pkg_config_name", pkg_config_name)
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
