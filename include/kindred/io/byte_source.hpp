// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>

KINDRED_BEGIN

// Where the bytes of a stored model come from: size() of them, of which read(at, into) copies some. Whoever reads asks only for
// what is there. A source of yours (a database, a bundle of an app) needs these two lines; one that is memory may say data().
template <class S>
concept byte_source = requires(S& source, std::uint64_t at, std::span<std::byte> into) {
  { source.size() } -> std::convertible_to<std::uint64_t>;
  source.read(at, into);
};

// Bytes in memory.
class memory_source {
public:
  explicit memory_source(std::span<std::byte const> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const noexcept { return bytes_.size(); }
  [[nodiscard]] std::byte const* data() const noexcept { return bytes_.data(); }
  void read(std::uint64_t at, std::span<std::byte> into) const noexcept {
    if (!into.empty()) std::memcpy(into.data(), bytes_.data() + at, into.size());
  }

private:
  std::span<std::byte const> bytes_;
};

// A file, read where it is asked. Throws kindred::error of kind io, naming the file.
class file_source {
public:
  explicit file_source(std::filesystem::path const& path) : name_(path.string()) {
    std::error_code fault;
    if (!std::filesystem::is_regular_file(path, fault)) refuse("is no file, or cannot be looked at");
#if defined(_WIN32)
    file_ = ::_wfopen(path.c_str(), L"rb");
#else
    file_ = std::fopen(path.c_str(), "rb");
#endif
    if (file_ == nullptr) refuse("cannot be opened");
    // The size of what was opened: another file may have been put in its place since the path was looked at.
    long long const end = move_to(0, SEEK_END) ? place() : -1;
    if (end < 0 || !move_to(0, SEEK_SET)) {
      static_cast<void>(std::fclose(file_));
      refuse("cannot be read");
    }
    size_ = static_cast<std::uint64_t>(end);
  }
  file_source(file_source const&) = delete;
  file_source& operator=(file_source const&) = delete;
  ~file_source() { static_cast<void>(std::fclose(file_)); }

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  void read(std::uint64_t at, std::span<std::byte> into) {
    if (at != at_ && !move_to(static_cast<long long>(at), SEEK_SET)) refuse("cannot be read");
    at_ = at + into.size();
    if (!into.empty() && std::fread(into.data(), 1, into.size(), file_) != into.size())
      refuse("cannot be read, or was cut short meanwhile");
  }

private:
  // Places beyond what a long holds are refused, where nothing wider is asked for.
  [[nodiscard]] bool move_to(long long at, int from) noexcept {
#if defined(_WIN32)
    return ::_fseeki64(file_, at, from) == 0;
#else
    return static_cast<long>(at) == at && std::fseek(file_, static_cast<long>(at), from) == 0;
#endif
  }
  [[nodiscard]] long long place() noexcept {
#if defined(_WIN32)
    return ::_ftelli64(file_);
#else
    return std::ftell(file_);
#endif
  }
  [[noreturn]] void refuse(char const* what) const {
    raise(error(error_kind::io).quote(name_.data(), name_.size()) << ": " << what);
  }

  std::string name_;
  std::uint64_t size_ = 0;
  std::uint64_t at_ = 0;
  std::FILE* file_ = nullptr;
};

KINDRED_END
