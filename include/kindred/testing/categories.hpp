// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <array>
#include <cstddef>
#include <string_view>

KINDRED_BEGIN

namespace testing {

// The latent dimensions along which people and products of a generated shop differ. They have names, so that an example
// can say why somebody liked something; a model has to find them from behavior alone.
inline constexpr std::size_t taste_count = 8;
inline constexpr std::array<std::string_view, taste_count> tastes = {"outdoors", "cooking", "crafts", "technology",
                                                                     "fitness",  "reading", "music",  "home"};

// How a product looks: an attribute that crosses the categories, and tilts the latent vector of whatever has it.
inline constexpr std::array<std::string_view, 8> styles = {"classic", "minimal", "rustic",   "playful",
                                                           "modern",  "vintage", "colorful", "natural"};

inline constexpr std::array<std::string_view, 6> departments = {"Home",  "Kitchen",    "Outdoors",
                                                                "Sport", "Technology", "Leisure"};

// What is sold on one shelf. The last two nouns are accessories: number 6 fits products of noun 0, number 7 those of 1.
struct category {
  std::string_view name;
  std::size_t department;
  bool consumable;                       // bought again and again
  std::array<double, taste_count> lean;  // whom it appeals to
  std::array<std::string_view, 8> nouns;
  std::array<double, 8> prices;              // of a middling product of each noun
  std::array<std::string_view, 3> finishes;  // "in oak"
  std::array<std::string_view, 3> purposes;  // "for long evenings"
};
inline constexpr std::size_t first_accessory = 6;

// clang-format off
inline constexpr std::array<category, 16> categories = {{
    {"lighting", 0, false, {0, 0, .3, .4, 0, .6, .1, 1},
     {"desk lamp", "floor lamp", "pendant light", "bedside lamp", "reading light", "string lights",
      "lamp dimmer", "lamp shade"},
     {49, 89, 75, 32, 39, 18, 22, 26},
     {"a brass finish", "matte black", "warm white"},
     {"long evenings", "late chapters", "a warm corner"}},
    {"furniture", 0, false, {0, .1, .4, 0, 0, .5, .1, 1},
     {"writing desk", "bookshelf", "armchair", "side table", "stool", "hall bench",
      "desk organizer", "shelf divider"},
     {240, 160, 320, 95, 60, 130, 29, 24},
     {"oak", "ash wood", "walnut"},
     {"small rooms", "a tidy study", "years of use"}},
    {"textiles", 0, false, {.1, .2, .6, 0, .2, .2, 0, 1},
     {"rug", "linen curtain", "wool blanket", "bath towel set", "duvet cover", "floor cushion",
      "rug underlay", "curtain tie"},
     {140, 45, 79, 38, 69, 32, 22, 9},
     {"undyed cotton", "sea blue", "warm gray"},
     {"slow mornings", "cold nights", "bare feet"}},
    {"cookware", 1, false, {.1, 1, .3, 0, 0, 0, 0, .5},
     {"skillet", "chef knife", "stockpot", "baking dish", "mixing bowl set", "kettle",
      "skillet lid", "knife sharpener"},
     {45, 65, 72, 32, 39, 49, 18, 22},
     {"stainless steel", "black enamel", "copper brown"},
     {"slow suppers", "weekday dinners", "Sunday baking"}},
    {"tableware", 1, false, {0, .8, .4, 0, 0, .1, 0, .8},
     {"teapot", "stoneware mug", "dinner plate set", "carafe", "cutlery set", "salad bowl",
      "tea strainer", "mug tree"},
     {36, 16, 64, 28, 75, 30, 9, 19},
     {"cream white", "sea blue", "speckled gray"},
     {"long tables", "two people", "every day"}},
    {"pantry", 1, true, {.2, 1, 0, 0, .3, .2, 0, .2},
     {"coffee beans", "green tea", "olive oil", "honey granola", "dark chocolate", "spice blend",
      "coffee scoop", "tea tin"},
     {14, 9, 16, 8, 5, 7, 12, 10},
     {"a paper pack", "a tin", "a glass jar"},
     {"early risers", "afternoon breaks", "sharing"}},
    {"gardening", 2, false, {.9, .4, .4, 0, .1, .1, 0, .6},
     {"plant pot", "pruning shears", "watering can", "raised bed", "seed box", "garden fork",
      "pot saucer", "shear holster"},
     {19, 28, 26, 85, 34, 31, 7, 14},
     {"forest green", "galvanized steel", "cedar brown"},
     {"balconies", "patient hands", "spring weekends"}},
    {"camping", 2, false, {1, .3, 0, .1, .5, .1, .1, -.3},
     {"two-person tent", "camp stove", "sleeping bag", "hammock", "head torch", "folding chair",
      "tent footprint", "stove windshield"},
     {190, 58, 95, 49, 29, 42, 35, 16},
     {"signal orange", "moss green", "stone gray"},
     {"short trips", "clear nights", "changing weather"}},
    {"cycling", 3, false, {.8, 0, .1, .3, 1, 0, 0, -.2},
     {"city bike", "touring bike", "bike helmet", "pannier", "rain cape", "bike light set",
      "bike bell", "bottle cage"},
     {620, 980, 65, 54, 42, 38, 14, 12},
     {"matte black", "brick red", "rain gray"},
     {"the daily ride", "long roads", "wet streets"}},
    {"fitness", 3, false, {.3, .1, 0, .2, 1, 0, .2, 0},
     {"yoga mat", "kettlebell", "jump rope", "foam roller", "running vest", "balance board",
      "mat strap", "kettlebell rack"},
     {35, 45, 12, 26, 68, 52, 11, 59},
     {"slate gray", "coral", "deep green"},
     {"early starts", "small spaces", "steady progress"}},
    {"audio", 4, false, {0, 0, 0, .9, .2, .2, 1, .2},
     {"headphones", "bookshelf speaker", "turntable", "pocket radio", "earbuds", "soundbar",
      "headphone stand", "speaker stand"},
     {150, 180, 230, 60, 85, 160, 32, 75},
     {"matte black", "walnut", "silver"},
     {"whole albums", "crowded trains", "the living room"}},
    {"computing", 4, false, {-.2, 0, .1, 1, 0, .4, .3, 0},
     {"laptop", "monitor", "tablet", "mechanical keyboard", "wireless mouse", "e-reader",
      "laptop sleeve", "monitor arm"},
     {890, 260, 380, 110, 32, 130, 36, 85},
     {"silver", "graphite", "pale blue"},
     {"work and travel", "long sessions", "a clear desk"}},
    {"cameras", 4, false, {.7, 0, .5, .9, .1, .1, 0, 0},
     {"compact camera", "field binoculars", "travel camera", "instant camera", "spotting scope", "tripod",
      "camera strap", "binocular case"},
     {340, 150, 460, 95, 230, 110, 24, 28},
     {"matte black", "tan", "silver gray"},
     {"birds at dawn", "family days", "far horizons"}},
    {"books", 5, false, {.2, .2, .2, .1, 0, 1, .2, .3},
     {"novel", "field guide", "cookbook", "travel atlas", "poetry collection", "short stories",
      "novel sleeve", "map case"},
     {15, 22, 28, 35, 14, 16, 12, 18},
     {"a linen cover", "a gift box", "recycled paper"},
     {"rainy Sundays", "curious minds", "the night stand"}},
    {"instruments", 5, false, {0, 0, .4, .3, 0, .3, 1, .1},
     {"acoustic guitar", "ukulele", "stage piano", "hand drum", "violin", "harmonica",
      "guitar strap", "ukulele stand"},
     {260, 75, 480, 55, 240, 26, 22, 29},
     {"honey varnish", "black lacquer", "deep red"},
     {"first lessons", "campfires", "small stages"}},
    {"crafts", 5, false, {.1, .3, 1, .1, -.1, .4, .2, .5},
     {"sewing machine", "watercolor set", "knitting kit", "embroidery hoop", "wood carving set", "pottery wheel",
      "bobbin box", "brush case"},
     {230, 34, 29, 12, 42, 320, 9, 15},
     {"cream white", "a wooden box", "teal"},
     {"patient evenings", "first projects", "gifts to be kept"}},
}};
// clang-format on

}  // namespace testing

KINDRED_END
