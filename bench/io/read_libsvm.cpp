// SPDX-License-Identifier: BSL-1.0
// bench: io/read_libsvm
//
// MB/s of one thread that read_libsvm reads: a text of short binary features as in a9a, and one of real numbers.

#include <kindred/io/read_libsvm.hpp>
#include <kindred/run/random.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>

namespace {

std::string generated(bool binary) {
  std::string text;
  kindred::random_stream random(1, 0);
  for (int r = 0; r != 60000; ++r) {
    text += random() % 4 == 0 ? "+1" : "-1";
    unsigned index = 0;
    for (int k = 0; k != 14; ++k) {
      index += 1 + kindred::below(random, 16);
      text += ' ' + std::to_string(index) + ':';
      if (binary) text += '1';
      else text += "0." + std::to_string(10000 + kindred::below(random, 90000));
    }
    text += '\n';
  }
  return text;
}

double rate(std::string const& text) {
  std::array<double, 7> runs;
  for (double& run : runs) {
    auto const start = std::chrono::steady_clock::now();
    static_cast<void>(kindred::read_libsvm_text<float>(text));
    double const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    run = static_cast<double>(text.size()) / 1e6 / seconds;
  }
  std::sort(runs.begin(), runs.end());
  return runs[runs.size() / 2];
}

}  // namespace

int main() {
  std::printf("BENCH io/read_libsvm ours=%.0f peer=absent unit=MB/s\n", rate(generated(true)));
  std::printf("BENCH io/read_libsvm ours=%.0f peer=absent unit=MB/s\n", rate(generated(false)));
}
