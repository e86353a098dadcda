// SPDX-License-Identifier: BSL-1.0

// A recommendation service. server <file> <port>: listens on 127.0.0.1, keeps purchases in a SQLite file, trains in the
// background.

#include "answers.hpp"
#include "event_store.hpp"
#include "storefront.hpp"
#include "trainer.hpp"

#include <httplib.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

// What is wrong with a request, in one sentence.
struct refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::uint32_t below(std::string const& text, std::size_t limit, char const* name) {
  std::uint32_t value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || text.empty() || value >= limit)
    throw refused(std::string(name) + " has to be a whole number below " + std::to_string(limit));
  return value;
}

class service {
public:
  service(catalog const& shop, event_store& events) : shop_(&shop), events_(&events), trained_(shop, events) {
    // A thread serves one connection at a time; reading requests is most of the work.
    http_.new_task_queue = [] { return new httplib::ThreadPool(16); };
    http_.set_tcp_nodelay(true);
    http_.set_keep_alive_max_count(1'000'000);
    http_.set_payload_max_length(4096);
    page("/", [] { return std::string(storefront); }, "text/html; charset=utf-8");
    page("/people", [this] { return people(*shop_); });
    page("/status", [this] { return status(*shop_, events_->size(), trained_.now().version()); });
    get("/recommend", [this](httplib::Request const& asked) {
      auto const now = trained_.now();
      return recommend(*shop_, *now, now.version(), user(asked), items(asked));
    });
    get("/similar", [this](httplib::Request const& asked) { return similar(*shop_, *trained_.now(), item(asked)); });
    get("/explain",
        [this](httplib::Request const& asked) { return explain(*shop_, *trained_.now(), user(asked), item(asked)); });
    get("/event", [this](httplib::Request const& asked) {
      std::uint32_t const number = below(asked.get_param_value("number"), events_->size() + 1, "number");
      if (number == 0) throw refused("events are counted from 1");
      purchase const p = events_->at(number);
      return "{\"user\":" + std::to_string(to_index(p.user)) + ",\"item\":" + std::to_string(to_index(p.item)) + '}';
    });
    http_.Post("/event", guarded([this](httplib::Request const& asked) {
                 return "{\"event\":" + std::to_string(events_->add({user(asked), item(asked)})) + '}';
               }));
  }

  bool listen(int port) { return http_.listen("127.0.0.1", port); }
  void stop() { http_.stop(); }

private:
  template <class Answer>
  static httplib::Server::Handler guarded(Answer answer, char const* type = "application/json") {
    return [answer, type](httplib::Request const& asked, httplib::Response& said) {
      try {
        said.set_content(answer(asked), type);
      } catch (refused const& e) {
        said.status = 400;
        said.set_content(std::string(e.what()) + '\n', "text/plain");
      } catch (std::exception const& e) {
        std::fprintf(stderr, "%s: %s\n", asked.path.c_str(), e.what());
        said.status = 500;
        said.set_content("the service could not do it\n", "text/plain");
      }
    };
  }
  template <class Answer>
  void get(char const* path, Answer answer) {
    http_.Get(path, guarded(answer));
  }
  template <class Answer>
  void page(char const* path, Answer answer, char const* type = "application/json") {
    http_.Get(path, guarded([answer](httplib::Request const&) { return answer(); }, type));
  }

  [[nodiscard]] kindred::user_id user(httplib::Request const& asked) const {
    return kindred::user_id{below(asked.get_param_value("user"), shop_->size().users, "user")};
  }
  [[nodiscard]] kindred::item_id item(httplib::Request const& asked) const {
    return kindred::item_id{below(asked.get_param_value("item"), shop_->size().items, "item")};
  }
  // with=3,17: at most ten.
  [[nodiscard]] std::vector<kindred::item_id> items(httplib::Request const& asked) const {
    std::vector<kindred::item_id> out;
    std::string const all = asked.get_param_value("with");
    for (std::size_t at = 0; at < all.size() && out.size() != 10;) {
      std::size_t const end = all.find(',', at);
      out.push_back(kindred::item_id{below(all.substr(at, end - at), shop_->size().items, "with")});
      at = end == std::string::npos ? all.size() : end + 1;
    }
    return out;
  }

  catalog const* shop_;
  event_store* events_;
  trainer trained_;
  httplib::Server http_;
};

service* running = nullptr;
void stop(int) { running->stop(); }

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fputs("server <file> <port>\n", stderr);
    return 2;
  }
  int const port = static_cast<int>(below(argv[2], 65536, "the port"));
  catalog const shop;
  event_store events(argv[1]);
  service here(shop, events);
  running = &here;
  std::signal(SIGTERM, stop);
  std::signal(SIGINT, stop);
  std::printf("http://127.0.0.1:%d/ has %zu events\n", port, events.size());
  std::fflush(stdout);
  if (!here.listen(port)) throw std::runtime_error("cannot listen on port " + std::string(argv[2]));
  return 0;
} catch (std::exception const& e) {
  std::fprintf(stderr, "server: %s\n", e.what());
  return 1;
}
