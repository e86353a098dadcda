// expect: ex\.bulk\(n, task\). (is|would be) invalid
// SPDX-License-Identifier: BSL-1.0
#include <kindred/run/chunks.hpp>

#include <span>

struct their_pool {
  std::size_t concurrency() const noexcept { return 2; }
#ifdef KINDRED_FAIL_FIXED
  void bulk(std::size_t n, auto const& task) const {
    for (std::size_t k = 0; k != n; ++k) task(k);
  }
#endif
};

void fill(their_pool& pool, std::span<double> out) {
  kindred::for_chunks(pool, out.size(), 64, [&](std::size_t first, std::size_t last) {
    for (std::size_t k = first; k != last; ++k) out[k] = 1;
  });
}
