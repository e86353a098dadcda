// SPDX-License-Identifier: BSL-1.0
//
// A program that knows the format from its public description alone reads our files, and we read its: fifteen lines of Python, where
// python3 and numpy are installed.
#if __has_include(<nlohmann/json.hpp>) && __has_include(<sys/wait.h>)
#include "../../support/error_of.hpp"
#include "temporary_file.hpp"

#include <kindred/factor/factor_model.hpp>
#include <kindred/factor/factor_view.hpp>
#include <kindred/io/safetensors.hpp>
#include <kindred/score/scorer.hpp>

#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include <sys/wait.h>

namespace {

// Reads the first file, checks and changes what is in it, and writes the second; ends with 77 where there is no numpy.
constexpr char script[] = R"(
import json, struct, sys
try: import numpy as np
except ImportError: sys.exit(77)
data = open(sys.argv[1], 'rb').read()
size, = struct.unpack('<Q', data[:8])
header, body = json.loads(data[8:8 + size]), data[8 + size:]
notes, kind = header.pop('__metadata__'), {'F32': '<f4', 'U8': 'u1'}
t = {name: np.frombuffer(body[e['data_offsets'][0]:e['data_offsets'][1]], kind[e['dtype']]).reshape(e['shape'])
     for name, e in header.items()}
assert notes['type'] == 'factor_model 1' and t['user_vectors'].shape == (3, 5) and t['mean'].shape == ()
score = t['user_vectors'] @ t['item_vectors'].T + t['user_biases'][:, None] + t['item_biases'] + t['mean']
assert abs(score[2, 1] - float(sys.argv[3])) < 1e-5, score
t['item_vectors'], t['item_biases'] = -t['item_vectors'], t['item_biases'] * 0
header, body = {'__metadata__': {'type': notes['type'], 'made in': 'Pyth\u00f6n'}}, b''
for name, x in sorted(t.items(), key=lambda each: each[1].nbytes):
    header[name] = {'dtype': 'F32' if x.dtype == '<f4' else 'U8', 'shape': list(x.shape),
                    'data_offsets': [len(body), len(body) + x.nbytes]}
    body += x.tobytes()
header = json.dumps(header).encode()
open(sys.argv[2], 'wb').write(struct.pack('<Q', len(header)) + header + body)
)";

// What the script ends with; 77 as well where there is no Python.
int run_script(std::string const& arguments) {
  std::FILE* const python =
      ::popen(("command -v python3 >/dev/null || exit 77; exec python3 - " + arguments).c_str(), "w");
  if (python == nullptr) return 77;
  static_cast<void>(std::fwrite(script, 1, sizeof script - 1, python));
  int const status = ::pclose(python);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

TEST_CASE("safetensors: numpy reads our files, and we read its") {
  using namespace kindred;
  factor_model<float> model(3, 2, 5);
  model.set_mean(3.5f);
  auto const fill = [&](auto id) {
    model.set_known(id);
    auto const own = model.of(id);
    own.bias = 0.25f * static_cast<float>(to_index(id));
    for (std::size_t f = 0; f != 5; ++f)
      own.vector[f] = static_cast<float>(f) - 1.5f * static_cast<float>(to_index(id));
  };
  for (index_t u = 0; u != 3; ++u) fill(user_id{u});
  for (index_t i = 0; i != 2; ++i) fill(item_id{i});
  float const before = score_of(model, user_id{2}, item_id{1});

  temporary_file const ours(""), theirs("");
  save(model, ours.path());
  int const ended = run_script('\'' + ours.path() + "' '" + theirs.path() + "' " + std::to_string(before));
  if (ended == 77) {
    MESSAGE("not tried: there is no python3 with numpy");
    return;
  }
  REQUIRE(ended == 0);
  auto const read = load<factor_model<float>>(theirs.path(), unchecked);
  // <p, q> turned around, and without the bias of the item: 2 (mean + b(u)) + b(i) - before.
  CHECK(score_of(read, user_id{2}, item_id{1}) == doctest::Approx(2 * (3.5f + 0.5f) + 0.25f - before));
  // Its writer does not align numbers.
  mapped_file const file(theirs.path());
  error const e = support::error_of([&] { (void)load_view<factor_view<float>>(file); });
  CHECK(support::says(e, "does not begin at a multiple of its width; load a copy instead of a view"));
}
#endif
