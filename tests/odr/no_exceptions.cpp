// SPDX-License-Identifier: BSL-1.0
#include <kindred/kindred.hpp>

int main() {}
