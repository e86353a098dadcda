// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

// A file that is gone when the test is over.
class temporary_file {
public:
  explicit temporary_file(std::string_view text) {
    static std::atomic<int> made{0};
    auto const now = std::chrono::steady_clock::now().time_since_epoch().count();
    path_ = std::filesystem::temp_directory_path() /
            ("kindred_" + std::to_string(now) + "_" + std::to_string(made++) + ".txt");
    std::FILE* const file = std::fopen(path().c_str(), "wb");
    if (file == nullptr) throw std::runtime_error("cannot write " + path());
    std::size_t const written = text.empty() ? 0 : std::fwrite(text.data(), 1, text.size(), file);
    if (std::fclose(file) != 0 || written != text.size()) throw std::runtime_error("cannot write " + path());
  }
  temporary_file(temporary_file const&) = delete;
  temporary_file& operator=(temporary_file const&) = delete;
  ~temporary_file() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

  [[nodiscard]] std::string path() const { return path_.string(); }

private:
  std::filesystem::path path_;
};
