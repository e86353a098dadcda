// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/run/executor.hpp>
#include <kindred/run/fit.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>
#include <kindred/testing/laws/result.hpp>

#include <cstdint>
#include <string>
#include <utility>

KINDRED_BEGIN

namespace testing {

// The laws of a resumable recipe: a fit that is killed after any round, and goes on from what was written then, on this thread or on
// `ex`, ends in the bits of fit(); flow::stop ends a go after its round; what is over stays as it is; finish gives a model at
// any time. `write(object)` gives the bytes of a training or of a fitted model, and `read.template operator()<M>(bytes)` makes an M
// of them, as to_bytes and from_bytes do.
template <class R, class Data, executor E, class Write, class Read>
  requires resumable<R, Data>
law_result check_resumable(R const& how, Data const& data, E& ex, Write const& write, Read const& read) {
  using detail::broken;
  using training_type = training_of<R, Data>;
  sequential alone;
  auto const whole = fit(how, data);
  std::string const end = write(whole);
  auto const kept = [&](training_type const& t) { return read.template operator()<training_type>(write(t)); };

  auto training = kindred::detail::begun(how, data, ex);
  std::string const first = write(training);
  if (write(finish(how, training, data, ex)).empty() || write(training) != first)
    return broken("finish may be asked at any time, and changes nothing") << "of a fit that has not begun it does";
  std::uint32_t rounds = 0;
  for (bool moved = true; moved; ++rounds) {
    std::uint32_t const before = training.report.epochs;
    std::uint32_t calls = 0;
    auto const count = [&](auto const&) {
      ++calls;
      return flow::stop;
    };
    std::uint32_t const more = rounds % 3 == 0 ? 100 : 1;  // the first ends by what watches it
    training = kept(training);
    if (rounds % 2 == 0) how.advance(training, data, more, alone, count);
    else how.advance(training, data, more, ex, count);
    moved = training.report.epochs != before;
    if (calls != (moved ? 1u : 0u) || (moved && training.report.epochs != before + 1))
      return broken("flow::stop ends a go after its round")
             << "it was said in round " << before + 1 << ", and the watch called " << calls << " times";
    if (rounds == 1 && write(finish(how, training, data, ex)).empty())
      return broken("finish may be asked at any time, and changes nothing") << "there is no model after round 2";
  }
  if (write(finish(how, kept(training), data, ex)) != end)
    return broken("a resumed fit ends in the bits of an unbroken one") << "after " << rounds << " goes it does not";
  return {};
}

}  // namespace testing

KINDRED_END
