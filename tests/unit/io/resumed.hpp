// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../../support/stored.hpp"

#include <kindred/interop/thread_pool.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/testing/laws/resumable.hpp>

#include <doctest/doctest.h>

#include <string>

namespace support {

// Whether a fit of this recipe that is written and read back after every round ends in the bits of an unbroken one, on this thread and
// on `ex`.
template <class R, class Data, kindred::executor E>
void check_resumed(char const* name, R const& how, Data const& data, E& ex) {
  auto const law = kindred::testing::check_resumable(
      how, data, ex, [](auto const& object) { return kindred::to_bytes(object); },
      []<class M>(std::string const& bytes) { return kindred::from_bytes<M>(bytes_of(bytes)); });
  CHECK_MESSAGE(law.holds(), std::string(name), ": ", std::string(law.message()));
}
// The same on this thread and on three.
template <class R, class Data>
void check_resumed(char const* name, R const& how, Data const& data) {
  kindred::thread_pool pool(3);
  check_resumed(name, how, data, pool);
}

// Whether a fit out of which whoever watches throws after every round ends in the bits of an unbroken one.
template <class R, class Data>
void check_thrown_out(char const* name, R const& how, Data const& data) {
  kindred::sequential ex;
  auto training = kindred::detail::begun(how, data, ex);
  for (bool over = false; !over;) try {
      over = true;
      how.advance(training, data, 100, ex, [&](auto const&) -> kindred::flow {
        over = false;
        throw 1;
      });
    } catch (int) {}
  auto const ended = kindred::to_bytes(kindred::finish(how, training, data));
  CHECK_MESSAGE(ended == kindred::to_bytes(kindred::fit(how, data)), std::string(name));
}

}  // namespace support
