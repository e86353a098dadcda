// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

namespace support {

// Whether a sanitizer watches, under which a test takes ten to thirty times as long.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

// Whether a test of several number types, none of which it is about, is worth its time with this one: a sanitizer sees with floats
// whatever it would see with doubles. For `if constexpr`, so that what is not tried is not compiled either.
template <class T>
inline constexpr bool is_tried = !sanitized || std::is_same_v<T, float>;

}  // namespace support
