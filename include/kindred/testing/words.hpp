// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

#include <array>
#include <string_view>

KINDRED_BEGIN

// What the people, brands and products of a generated shop are called. All of it is made up or common to all: no brand
// is a real one, and the families of names are spread over the world. ASCII only, so that every terminal prints it.
namespace testing::words {

inline constexpr std::array<std::string_view, 40> names_of_women = {
    "Amara",  "Beatriz", "Chiara",   "Dalia",  "Elena",  "Fatima", "Greta",  "Hana",    "Ingrid",  "Jamila",
    "Keiko",  "Leila",   "Mei",      "Nadia",  "Olivia", "Priya",  "Quynh",  "Rosa",    "Sofia",   "Thandi",
    "Ursula", "Valeria", "Wanjiru",  "Ximena", "Yasmin", "Zuzana", "Astrid", "Bronwyn", "Camille", "Deepa",
    "Esther", "Freya",   "Gabriela", "Hyejin", "Irina",  "Joanna", "Kalina", "Lucia",   "Miriam",  "Ngozi"};

inline constexpr std::array<std::string_view, 40> names_of_men = {
    "Andrei",  "Bao",     "Chidi", "Diego",   "Emil",  "Farid",   "Gustav", "Hiroshi", "Ivan",   "Jonas",
    "Kofi",    "Lorenzo", "Mateo", "Nikolai", "Omar",  "Pedro",   "Rafael", "Quentin", "Sanjay", "Tariq",
    "Umberto", "Viktor",  "Wei",   "Xavier",  "Yusuf", "Zoltan",  "Anders", "Bashir",  "Cedric", "Dmitri",
    "Elias",   "Felipe",  "Georg", "Hamid",   "Isaac", "Joaquin", "Kenji",  "Liam",    "Minh",   "Nelson"};

inline constexpr std::array<std::string_view, 16> names_of_anyone = {
    "Alex", "Ariel", "Bela", "Charlie", "Devon", "Eden", "Jamie", "Kai",
    "Kim",  "Luca",  "Noor", "Robin",   "Sasha", "Sam",  "Toni",  "Yuki"};

inline constexpr std::array<std::string_view, 96> family_names = {
    "Abebe",     "Achterberg", "Adeyemi",  "Aguilar",  "Ahmed",   "Almeida",  "Andersen", "Aoki",     "Baptiste",
    "Barros",    "Becker",     "Bianchi",  "Bondar",   "Bui",     "Castillo", "Chandra",  "Chen",     "Cohen",
    "Costa",     "Dang",       "Delgado",  "Diallo",   "Dvorak",  "Eriksen",  "Espinoza", "Evans",    "Farouk",
    "Fernandez", "Fischer",    "Fontaine", "Fraser",   "Fujita",  "Garcia",   "Ghosh",    "Goldberg", "Gomez",
    "Haddad",    "Hansen",     "Hayashi",  "Horvat",   "Hughes",  "Ibrahim",  "Ito",      "Jansen",   "Jimenez",
    "Johansson", "Kamau",      "Kapoor",   "Karlsson", "Kaya",    "Keita",    "Kim",      "Kovacs",   "Kowalski",
    "Kruger",    "Laurent",    "Lee",      "Lindgren", "Lopez",   "Mbeki",    "Mehta",    "Mendes",   "Moreau",
    "Morris",    "Mueller",    "Mwangi",   "Nakamura", "Navarro", "Nguyen",   "Novak",    "Oduya",    "Okafor",
    "Oliveira",  "Olsen",      "Ortiz",    "Osei",     "Park",    "Patel",    "Pereira",  "Petrov",   "Popescu",
    "Quispe",    "Rahman",     "Ramos",    "Rossi",    "Saito",   "Santos",   "Schmidt",  "Silva",    "Singh",
    "Tanaka",    "Torres",     "Varga",    "Wang",     "Yilmaz",  "Zhou"};

inline constexpr std::array<std::string_view, 32> brands = {
    "Ardenfell",  "Brindlemoor", "Calderwisp", "Dunmerrow",   "Elmswyth",   "Fennimark",  "Glenharrow", "Hollowisp",
    "Ivenstead",  "Jorrowby",    "Kestrelow",  "Larkendale",  "Mosswythe",  "Nettlebay",  "Ollerfen",   "Pellowick",
    "Quillhaven", "Rushenfell",  "Sorrelby",   "Tarnwillow",  "Umberlow",   "Vesperholt", "Wickenmere", "Yarrowmont",
    "Zinnering",  "Bramblecote", "Copperlynn", "Driftmarrow", "Emberlisle", "Fogharrow",  "Grendelow",  "Hazelquay"};

// The first word of a product's name: "Aurora" of "Aurora desk lamp".
inline constexpr std::array<std::string_view, 64> lines = {
    "Acorn",  "Alder",   "Almond", "Amber",   "Anchor", "Arbor",   "Aurora",  "Autumn",   "Birch",   "Bramble",
    "Breeze", "Brook",   "Canyon", "Cedar",   "Cinder", "Clover",  "Coast",   "Comet",    "Coral",   "Cove",
    "Dawn",   "Delta",   "Drift",  "Dune",    "Ember",  "Fern",    "Fjord",   "Garnet",   "Glade",   "Grove",
    "Harbor", "Hazel",   "Heron",  "Horizon", "Indigo", "Ivy",     "Juniper", "Lagoon",   "Lantern", "Larch",
    "Linden", "Maple",   "Marsh",  "Meadow",  "Mist",   "Moss",    "North",   "Olive",    "Orchard", "Pebble",
    "Pine",   "Prairie", "Quartz", "Rain",    "River",  "Saffron", "Sage",    "Solstice", "Summit",  "Thistle",
    "Tide",   "Timber",  "Valley", "Willow"};

inline constexpr std::array<std::string_view, 12> adjectives = {"Sturdy",    "Light",  "Handmade", "Compact",
                                                                "Well-made", "Simple", "Durable",  "Elegant",
                                                                "Cheerful",  "Quiet",  "Honest",   "Versatile"};

}  // namespace testing::words

KINDRED_END
