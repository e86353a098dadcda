// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/error.hpp>
#include <kindred/core/storable.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/run/executor.hpp>
#include <kindred/run/observer.hpp>
#include <kindred/run/resumable.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

KINDRED_BEGIN

// fit(how, data, ex, watch) for fits so long that they will be interrupted: goes on from `file` where there is one, and puts what is
// to be known for going on there after every `every` rounds, whole or not at all. Killed at any moment and called again, it ends in
// the bits of an unbroken fit. When the fit is over the file stays, and another call gives the model at once: remove it before you
// fit anew.
//
// Recipe and data have to be those that the file was begun with: their sizes are looked at (error{shape}), their numbers are not.
// Throws what fit, load and save throw, and error{setting} for every = 0. Nothing is lost by it but the rounds since the last save.
template <class R, class Data, executor E = sequential, observer O = silent>
  requires resumable<R, Data> && storable<training_of<R, Data>>
[[nodiscard]] auto fit_or_resume(R const& how, Data const& data, std::filesystem::path const& file, E&& ex = {},
                                 O&& watch = {}, std::uint32_t every = 1) {
  if (every == 0) raise(error(error_kind::setting) << "fit_or_resume: every = 0; it saves after one round or more");
  std::error_code fault;  // whoever cannot look whether there is a file does not begin anew: load says why
  bool const known = std::filesystem::exists(file, fault) || fault;
  auto training = known ? load<training_of<R, Data>>(file) : detail::begun(how, data, ex);
  auto const tell = detail::told_to(watch);
  std::uint32_t unsaved = 0;
  how.advance(training, data, (std::numeric_limits<std::uint32_t>::max)(), ex, [&](auto const& now) {
    flow const next = tell(now);
    if (++unsaved == every) {
      save(now, file);
      unsaved = 0;
    }
    return next;
  });
  if (unsaved != 0) save(training, file);
  return finish(how, std::move(training), data, ex);
}

KINDRED_END
