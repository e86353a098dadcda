// SPDX-License-Identifier: BSL-1.0
//
// A save that is killed before and after every one of its system calls leaves the old file or the new one, whole.
#if __has_include(<nlohmann/json.hpp>) && defined(__linux__)
#include "../../support/stored.hpp"
#include "temporary_file.hpp"

#include <kindred/factor/factor_model.hpp>
#include <kindred/io/safetensors.hpp>

#include <doctest/doctest.h>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace kindred;

factor_model<float> filled_with(float x) {
  factor_model<float> model(400, 100, 16);  // more than any buffer between here and the file
  for (index_t u = 0; u != 400; ++u) {
    model.set_known(user_id{u});
    for (float& v : model.of(user_id{u}).vector) v = x;
  }
  return model;
}

enum class outcome { killed, done, not_traced };

// Saves in a process of its own, which is killed when it has stopped so many times: at the begin and at the end of every system call.
outcome save_until(factor_model<float> const& model, std::string const& path, int stops) {
  pid_t const child = ::fork();
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(3);
    ::raise(SIGSTOP);
    save(model, path);
    ::_exit(0);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return outcome::not_traced;
  for (int k = 0;; ++k) {
    if (k == stops) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return outcome::killed;
    }
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? outcome::done : outcome::not_traced;
  }
}

}  // namespace

TEST_CASE("safetensors: a save that is killed anywhere leaves the old file or the new one") {
  auto const before = filled_with(1), after = filled_with(2);
  temporary_file const file("");
  save(before, file.path());
  int kept = 0, replaced = 0;
  for (int stops = 1;; ++stops) {
    outcome const how = save_until(after, file.path(), stops);
    if (how == outcome::not_traced) {
      MESSAGE("not tried: this system does not let a process trace its child");
      return;
    }
    auto const now = load<factor_model<float>>(file.path());
    bool const is_old = now == before;
    CHECK((is_old || now == after));
    kept += is_old ? 1 : 0;
    replaced += is_old ? 0 : 1;
    if (how == outcome::done) {
      CHECK(!is_old);
      break;
    }
    if (!is_old) save(before, file.path());  // what was left of a sibling is no obstacle
    REQUIRE(stops < 10'000);
  }
  MESSAGE("killed at " << kept + replaced - 1 << " places: " << kept << " times the old file, " << replaced
                       << " the new one");
  CHECK(kept > 10);
  CHECK(replaced > 1);
  CHECK(!std::filesystem::exists(file.path() + ".partial"));
}
#endif
