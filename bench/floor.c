/* The least that a WebSocket server can do, without a language in between: epoll, one thread, nothing stored.
 *
 *   floor PORT
 *
 * Any message gets `{"type":"ack"}` back. One that begins with `all ` goes on to every connection, without those four
 * bytes. Handshakes are taken on trust and Sec-WebSocket-Accept is a dummy: the swarm does not look. What a peer does
 * not take at once is dropped with the peer: a floor has no patience to measure. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MOST = 65536, FRAME = 70000 };
static const char WELCOME[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n";
static const char ACK[] = "\x81\x0e{\"type\":\"ack\"}";

struct peer {
    int open;
    size_t held;
    unsigned char *data;
};

static struct peer peers[MOST];
static int poll_fd, highest;

static void leave(int fd) {
    free(peers[fd].data);
    peers[fd] = (struct peer){0};
    close(fd);
}

static void put(int fd, const void *data, size_t size) {
    if (write(fd, data, size) != (ssize_t)size) leave(fd);
}

static void tell_all(const unsigned char *text, size_t size) {
    static unsigned char frame[FRAME];
    size_t head = 2;
    frame[0] = 0x81;
    if (size < 126) {
        frame[1] = (unsigned char)size;
    } else {
        frame[1] = 126;
        frame[2] = (unsigned char)(size >> 8);
        frame[3] = (unsigned char)size;
        head = 4;
    }
    memcpy(frame + head, text, size);
    for (int fd = 0; fd <= highest; fd++)
        if (peers[fd].open) put(fd, frame, head + size);
}

/* One whole frame at *data; its size, 0 when it is not whole yet, -1 when the line ends. */
static long take(int fd, unsigned char *data, size_t held) {
    if (held < 6) return 0;
    size_t size = data[1] & 0x7f, head = 2;
    if (size == 126) {
        if (held < 8) return 0;
        size = (size_t)data[2] << 8 | data[3];
        head = 4;
    } else if (size == 127) {
        return -1;
    }
    if (held < head + 4 + size) return 0;
    unsigned char *mask = data + head, *text = mask + 4;
    int kind = data[0] & 0x0f;
    if (kind == 8) return -1;
    if (kind == 1) {
        for (size_t i = 0; i < size; i++) text[i] ^= mask[i & 3];
        if (size > 4 && !memcmp(text, "all ", 4)) tell_all(text + 4, size - 4);
        else put(fd, ACK, sizeof ACK - 1);
    }
    return (long)(head + 4 + size);
}

static void hear(int fd) {
    struct peer *peer = &peers[fd];
    for (;;) {
        if (!peer->data) peer->data = malloc(FRAME);
        ssize_t got = read(fd, peer->data + peer->held, FRAME - peer->held);
        if (got < 0 && errno == EAGAIN) break;
        if (got <= 0) { leave(fd); return; }
        peer->held += (size_t)got;
        size_t at = 0;
        if (!peer->open) {
            unsigned char *end = memmem(peer->data, peer->held, "\r\n\r\n", 4);
            if (!end) continue;
            at = (size_t)(end - peer->data) + 4;
            peer->open = 1;
            if (fd > highest) highest = fd;
            put(fd, WELCOME, sizeof WELCOME - 1);
        }
        while (peer->open && at < peer->held) {
            long size = take(fd, peer->data + at, peer->held - at);
            if (size < 0) { leave(fd); return; }
            if (!size) break;
            at += (size_t)size;
        }
        if (!peer->open) return;
        memmove(peer->data, peer->data + at, peer->held - at);
        peer->held -= at;
    }
    if (peer->data && !peer->held) { free(peer->data); peer->data = NULL; }
}

int main(int count, char **words) {
    if (count != 2) return 2;
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < MOST ? files.rlim_max : MOST;
    setrlimit(RLIMIT_NOFILE, &files);
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[1]))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listening, (struct sockaddr *)&at, sizeof at) || listen(listening, 4096)) { perror("listen"); return 1; }
    poll_fd = epoll_create1(0);
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, listening, &(struct epoll_event){.events = EPOLLIN, .data.fd = listening});
    static struct epoll_event events[1024];
    for (;;) {
        int ready = epoll_wait(poll_fd, events, 1024, -1);
        for (int n = 0; n < ready; n++) {
            int fd = events[n].data.fd;
            if (fd != listening) { hear(fd); continue; }
            while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                if (fd >= MOST) { close(fd); continue; }
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN | EPOLLET, .data.fd = fd});
            }
        }
    }
}
