// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

// One kept-alive connection to a port of this machine, for those who test the service. Not a client for anything else.
class loopback {
public:
  explicit loopback(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    ::sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    open_ = ::connect(socket_, reinterpret_cast<::sockaddr const*>(&to), sizeof to) == 0;
  }
  ~loopback() { ::close(socket_); }
  loopback(loopback const&) = delete;
  loopback& operator=(loopback const&) = delete;

  // The body of a 200, or nothing: the connection is gone or the answer another.
  [[nodiscard]] std::string ask(std::string_view method, std::string const& path) {
    if (!open_) return {};
    std::string const request =
        std::string(method) + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    open_ = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<::ssize_t>(request.size());
    std::string said;
    std::size_t head = std::string::npos, body = 0;
    while (open_ && (head == std::string::npos || said.size() < head + 4 + body)) {
      char piece[16384];
      ::ssize_t const got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) {
        open_ = false;
        return {};
      }
      said.append(piece, static_cast<std::size_t>(got));
      if (head == std::string::npos && (head = said.find("\r\n\r\n")) != std::string::npos) {
        std::size_t const at = said.find("Content-Length: ");
        body = at < head ? std::strtoul(said.c_str() + at + 16, nullptr, 10) : 0;
      }
    }
    return open_ && said.rfind("HTTP/1.1 200", 0) == 0 ? said.substr(head + 4) : std::string();
  }

private:
  int socket_;
  bool open_ = false;
};

// Runs the service in a process of its own, in which `before` is called first, and returns it when it answers: half a minute is
// waited for that, then the program that asked ends.
template <class Before>
[[nodiscard]] ::pid_t start_service(char const* program, std::string const& file, int port, Before const& before) {
  ::pid_t const child = ::fork();
  if (child == 0) {
    before();
    ::execl(program, program, file.c_str(), std::to_string(port).c_str(), nullptr);
    ::_exit(127);
  }
  for (int k = 0; k != 600; ++k) {
    if (!loopback(port).ask("GET", "/status").empty()) return child;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::puts("the service does not start");
  std::exit(1);
}
