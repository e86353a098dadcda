// SPDX-License-Identifier: BSL-1.0
#include <kindred/io/replace_file.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

// A folder of its own for each test, removed at its end.
struct scratch_folder {
  std::filesystem::path path;

  explicit scratch_folder(char const* name) : path(std::filesystem::temp_directory_path() / name) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  scratch_folder(scratch_folder const&) = delete;
  scratch_folder& operator=(scratch_folder const&) = delete;
  ~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }

  [[nodiscard]] auto files() const { return std::distance(std::filesystem::directory_iterator(path), {}); }
};

std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("replace_file: makes a file, replaces one, and leaves nothing else behind") {
  scratch_folder const folder("kindred_replace_file_writes");
  std::filesystem::path const file = folder.path / "page.html";
  std::string const bytes("one\0two\r\n", 9);
  kindred::replace_file(file, bytes);
  CHECK(bytes_of(file) == bytes);
  kindred::replace_file(file, "");
  CHECK(bytes_of(file).empty());
  CHECK(folder.files() == 1);
}

TEST_CASE("replace_file: says which file could not be written, and leaves the old one") {
  scratch_folder const folder("kindred_replace_file_refuses");
  auto const refused = [](std::filesystem::path const& path) {
    try {
      kindred::replace_file(path, "new");
    } catch (kindred::error const& e) {
      CHECK(e.kind() == kindred::error_kind::io);
      return std::string(e.what());
    }
    return std::string("nothing was thrown");
  };
  CHECK(refused(folder.path / "absent" / "page.html").find("page.html") != std::string::npos);

  std::filesystem::path const taken = folder.path / "taken";  // a folder that is not empty cannot be renamed over
  std::filesystem::create_directories(taken / "inside");
  CHECK(refused(taken).find("taken: cannot be replaced") != std::string::npos);
  CHECK(std::filesystem::is_directory(taken / "inside"));
  CHECK(folder.files() == 1);  // the sibling is gone

  std::filesystem::path const old = folder.path / "old.html";
  kindred::replace_file(old, "old");
  std::filesystem::create_directories(folder.path / "old.html.partial" / "inside");
  CHECK(refused(old).find("cannot be opened") != std::string::npos);
  CHECK(bytes_of(old) == "old");
}
