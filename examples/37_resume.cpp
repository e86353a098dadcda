// SPDX-License-Identifier: BSL-1.0

// A fit goes on where it was killed, and ends in the bits of one that nothing interrupted.

#include <kindred/factor/sgd.hpp>
#include <kindred/factor/svdpp.hpp>
#include <kindred/io/fit_or_resume.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/testing/long_tail_ratings.hpp>

#include <filesystem>
#include <iostream>

int main() {
  auto const ratings = kindred::ratings<float>::from(
      kindred::testing::generate_ratings({.users = 400, .items = 200, .ratings = 12000, .rank = 4}));
  auto const folder = std::filesystem::temp_directory_path() / "kindred_37_resume";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);

  // [through]
  kindred::svdpp<> const long_fit{.factors = 8, .epochs = 6};
  auto const half = [](kindred::progress const& p) {  // here the power fails
    return p.epoch == 3 ? kindred::flow::stop : kindred::flow::proceed;
  };
  static_cast<void>(
      kindred::fit_or_resume(long_fit, ratings, folder / "svdpp.safetensors", kindred::sequential{}, half));
  auto const resumed = kindred::fit_or_resume(long_fit, ratings, folder / "svdpp.safetensors").model;
  std::cout << (resumed == kindred::fit(long_fit, ratings).model ? "the bits of an unbroken fit\n"
                                                                 : "something else\n");
  // [/through]

  // [resume]
  kindred::sgd<> const how{.factors = 8, .epochs = 10};
  kindred::sequential ex;
  {
    auto training = how.begin(ratings);
    how.advance(training, ratings, 10, ex, [&](auto const& now) {
      kindred::save(now, folder / "training.safetensors");
      return now.report.epochs == 4 ? kindred::flow::stop : kindred::flow::proceed;  // here the power fails
    });
  }
  auto training = kindred::load<kindred::sgd_checkpoint<float>>(folder / "training.safetensors");
  how.advance(training, ratings, 10, ex, [](auto const&) { return kindred::flow::proceed; });
  std::cout << (training.model == kindred::fit(how, ratings).model ? "the bits of an unbroken fit\n"
                                                                   : "something else\n");
  // [/resume]
  std::filesystem::remove_all(folder);
}
