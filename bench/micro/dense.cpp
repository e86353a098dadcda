// SPDX-License-Identifier: BSL-1.0
// bench: metric/l2/128 metric/l2/1024 metric/dot/128 metric/dot/1024 metric/cosine/128 metric/cosine/1024
// bench: metric/l1/128 metric/l1/1024
// flags: -march=native
//
// One pair of dense rows in the nearest cache, compiled for this processor.

#include "dense_pairs.hpp"

int main() { bench::dense_pairs(""); }
