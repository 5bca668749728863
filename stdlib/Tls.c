// TLS by OpenSSL, which is loaded when it is first needed. It reads from and writes to memory; the sockets are Tls.fx's business.
//
// The prototypes are OpenSSL's own, which are the same in 1.1.1 and 3 (its manual, section 3ssl); its types stay unknown here.

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>
#include "fx.h"

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_st SSL;
typedef struct bio_st BIO;
typedef struct ssl_method_st SSL_METHOD;
typedef struct bio_method_st BIO_METHOD;

#define OPENSSL_FUNCTIONS(F)                                                                                           \
    F(const SSL_METHOD *, TLS_server_method, (void))                                                                   \
    F(SSL_CTX *, SSL_CTX_new, (const SSL_METHOD *method))                                                              \
    F(void, SSL_CTX_free, (SSL_CTX *context))                                                                          \
    F(long, SSL_CTX_ctrl, (SSL_CTX *context, int command, long number, void *pointer))                                 \
    F(uint64_t, SSL_CTX_set_options, (SSL_CTX *context, uint64_t options))                                             \
    F(int, SSL_CTX_use_certificate_chain_file, (SSL_CTX *context, const char *file))                                   \
    F(int, SSL_CTX_use_PrivateKey_file, (SSL_CTX *context, const char *file, int type))                                \
    F(int, SSL_CTX_check_private_key, (const SSL_CTX *context))                                                        \
    F(void, SSL_CTX_set_default_passwd_cb, (SSL_CTX *context, int (*ask)(char *, int, int, void *)))                   \
    F(SSL *, SSL_new, (SSL_CTX *context))                                                                              \
    F(void, SSL_free, (SSL *ssl))                                                                                      \
    F(void, SSL_set_accept_state, (SSL *ssl))                                                                          \
    F(void, SSL_set_bio, (SSL *ssl, BIO *input, BIO *output))                                                          \
    F(int, SSL_read, (SSL *ssl, void *buffer, int size))                                                               \
    F(int, SSL_write, (SSL *ssl, const void *bytes, int length))                                                       \
    F(int, SSL_shutdown, (SSL *ssl))                                                                                   \
    F(int, SSL_get_error, (const SSL *ssl, int answered))                                                              \
    F(const BIO_METHOD *, BIO_s_mem, (void))                                                                           \
    F(BIO *, BIO_new, (const BIO_METHOD *method))                                                                      \
    F(int, BIO_write, (BIO *bio, const void *bytes, int length))                                                       \
    F(int, BIO_read, (BIO *bio, void *buffer, int size))                                                               \
    F(size_t, BIO_ctrl_pending, (BIO *bio))                                                                            \
    F(unsigned long, ERR_get_error, (void))                                                                            \
    F(void, ERR_clear_error, (void))                                                                                   \
    F(const char *, ERR_reason_error_string, (unsigned long error))

// Of OpenSSL's headers.
enum {
    FILETYPE_PEM = 1, CTRL_MODE = 33, CTRL_SET_MIN_PROTO_VERSION = 123, TLS1_2 = 0x303, MODE_RELEASE_BUFFERS = 0x10,
    ERROR_WANT_READ = 2, ERROR_WANT_WRITE = 3, ERROR_ZERO_RETURN = 6,
};
static const uint64_t OP_NO_RENEGOTIATION = UINT64_C(1) << 30;

enum { BUFFER_SIZE = 65536, LONGEST_PART = 1 << 24 };

typedef struct Library {
    void *handle; // NULL: not loaded
#define MEMBER(type, name, parameters) type(*name) parameters;
    OPENSSL_FUNCTIONS(MEMBER)
#undef MEMBER
    char buffer[BUFFER_SIZE];
} Library;

// It stays loaded: what the library has registered for the end of the process must be there then.
static const fx_library library = {"Tls", sizeof(Library), NULL, NULL, NULL};

static Library *library_of(fx_runtime *rt) { return fx_library_state(rt, &library); }

static bool open_library(Library *ssl) {
    static const char *const names[] = {"libssl.so.3", "libssl.so.1.1", "libssl.so"};
    for (size_t i = 0; !ssl->handle && i < sizeof names / sizeof *names; i++) ssl->handle = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (!ssl->handle) return false;
    bool whole = true;
#define FIND(type, name, parameters)                                                                                   \
    *(void **)&ssl->name = dlsym(ssl->handle, #name);                                                                  \
    whole = whole && ssl->name;
    OPENSSL_FUNCTIONS(FIND)
#undef FIND
    return whole;
}

// ---- contexts ----

typedef struct Context {
    fx_object object;
    const fx_resource_type *type;
    SSL_CTX *context;
} Context;

static void destroy_context(fx_runtime *rt, fx_object *object) { library_of(rt)->SSL_CTX_free(((Context *)object)->context); }

static const fx_resource_type context_type = {"Tls.Context", 2, destroy_context};

static fx_value problem(fx_runtime *rt, const char *text) { return fx_error_take(rt, FX_COUNTED, fx_string_of(rt, text)); }

// What OpenSSL says of a file that it did not take, where people may not see what is meant.
static const char *explain(const char *said) {
    static const struct {
        const char *said, *meant;
    } words[] = {
        {"no start line", "the file holds none in the PEM format"},
        {"unsupported", "the file holds none in the PEM format"},
        {"bad base64 decode", "it is damaged"},
        {"bad end line", "it is damaged"},
        {"bad password read", "it is sealed with a pass phrase, which a server cannot type"},
        {"interrupted or cancelled", "it is sealed with a pass phrase, which a server cannot type"},
        {"key values mismatch", "it is not that of the certificate"},
        {"key type mismatch", "it is not that of the certificate"},
        {"no certificate assigned", "it is not that of the certificate"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(said, words[i].said) == 0) return words[i].meant;
    }
    return said;
}

// Why OpenSSL did not take a file: the system does not give it, or else what it noted first.
static const char *find_reason(Library *ssl, const char *file) {
    FILE *opened = fopen(file, "re");
    if (!opened) return uv_strerror(uv_translate_sys_error(errno));
    fclose(opened);
    const char *said = ssl->ERR_reason_error_string(ssl->ERR_get_error());
    return said ? explain(said) : "OpenSSL gives no reason";
}

// An Err with a text: `what` cannot be taken from the file.
static fx_value problem_with(fx_runtime *rt, Library *ssl, const char *what, const char *file) {
    char text[1024];
    snprintf(text, sizeof text, "%s: the %s cannot be used: %s", file, what, find_reason(ssl, file));
    return problem(rt, text);
}

// Instead of OpenSSL's own, which asks on the terminal, and waits.
static int know_no_pass_phrase(char *to, int size, int writing, void *data) {
    (void)to, (void)size, (void)writing, (void)data;
    return -1;
}

// NULL: all is well; otherwise the file that cannot be used.
static const char *fill_context(Library *ssl, SSL_CTX *context, const char *certificate, const char *key) {
    ssl->SSL_CTX_ctrl(context, CTRL_SET_MIN_PROTO_VERSION, TLS1_2, NULL);
    ssl->SSL_CTX_ctrl(context, CTRL_MODE, MODE_RELEASE_BUFFERS, NULL);
    ssl->SSL_CTX_set_options(context, OP_NO_RENEGOTIATION);
    ssl->SSL_CTX_set_default_passwd_cb(context, know_no_pass_phrase);
    if (ssl->SSL_CTX_use_certificate_chain_file(context, certificate) != 1) return certificate;
    if (ssl->SSL_CTX_use_PrivateKey_file(context, key, FILETYPE_PEM) != 1 || ssl->SSL_CTX_check_private_key(context) != 1) return key;
    return NULL;
}

fx_value fx_tls_load(fx_runtime *rt, fx_value certificate, fx_value key) {
    Library *ssl = library_of(rt);
    if (!open_library(ssl)) return problem(rt, "OpenSSL's library libssl is not installed");
    ssl->ERR_clear_error();
    SSL_CTX *context = ssl->SSL_CTX_new(ssl->TLS_server_method());
    if (!context) return problem(rt, "OpenSSL does not start");
    const char *failed = fill_context(ssl, context, fx_string_bytes(certificate), fx_string_bytes(key));
    if (failed) {
        ssl->SSL_CTX_free(context);
        return problem_with(rt, ssl, failed == fx_string_bytes(key) ? "key" : "certificate", failed);
    }
    Context *made = (Context *)fx_resource_make(rt, &context_type);
    made->context = context;
    return fx_ok_take(rt, FX_COUNTED, fx_value_of(made));
}

// ---- sessions ----

typedef struct Session {
    fx_object object;
    const fx_resource_type *type;
    SSL *ssl;
    BIO *input, *output; // the session's
} Session;
enum { SESSION_WORDS = (sizeof(Session) - sizeof(fx_object)) / sizeof(fx_value) };

static void destroy_session(fx_runtime *rt, fx_object *object) { library_of(rt)->SSL_free(((Session *)object)->ssl); }

static const fx_resource_type session_type = {"Tls.Session", SESSION_WORDS, destroy_session};

static Session *session_of(fx_value value) { return (Session *)fx_object_of(value); }

fx_value fx_tls_begin(fx_runtime *rt, fx_value context) {
    Library *ssl = library_of(rt);
    Session *session = (Session *)fx_resource_make(rt, &session_type);
    session->ssl = ssl->SSL_new(((Context *)fx_object_of(context))->context);
    session->input = ssl->BIO_new(ssl->BIO_s_mem());
    session->output = ssl->BIO_new(ssl->BIO_s_mem());
    if (!session->ssl || !session->input || !session->output) fx_fault(rt, NULL, "out of memory");
    ssl->SSL_set_bio(session->ssl, session->input, session->output); // which owns them from here
    ssl->SSL_set_accept_state(session->ssl);
    return fx_value_of(session);
}

fx_value fx_tls_put(fx_runtime *rt, fx_value session, fx_value bytes) {
    const char *at = fx_string_bytes(bytes);
    for (size_t left = fx_string_length(bytes); left;) {
        int part = library_of(rt)->BIO_write(session_of(session)->input, at, (int)(left < LONGEST_PART ? left : LONGEST_PART));
        if (part <= 0) fx_fault(rt, NULL, "out of memory");
        at += part;
        left -= (size_t)part;
    }
    return FX_UNIT;
}

// An Err: the client has broken the protocol, or the library is in no state to go on.
static fx_value broken(fx_runtime *rt, Library *ssl) {
    ssl->ERR_clear_error();
    return fx_error_of_code(rt, UV_ECONNABORTED);
}

fx_value fx_tls_next(fx_runtime *rt, fx_value value) {
    Library *ssl = library_of(rt);
    Session *session = session_of(value);
    ssl->ERR_clear_error();
    int length = ssl->SSL_read(session->ssl, ssl->buffer, BUFFER_SIZE);
    if (length > 0) {
        fx_value text = fx_string_make(rt, ssl->buffer, (size_t)length);
        return fx_ok_take(rt, FX_COUNTED, fx_some_take(rt, FX_COUNTED, text));
    }
    switch (ssl->SSL_get_error(session->ssl, length)) {
    case ERROR_WANT_READ:
    case ERROR_WANT_WRITE: return fx_ok_take(rt, FX_COUNTED, FX_NONE);
    case ERROR_ZERO_RETURN: return fx_ok_take(rt, FX_COUNTED, fx_some_take(rt, FX_COUNTED, fx_string_make(rt, "", 0)));
    default: return broken(rt, ssl);
    }
}

fx_value fx_tls_seal(fx_runtime *rt, fx_value session, fx_value text) {
    Library *ssl = library_of(rt);
    const char *at = fx_string_bytes(text);
    ssl->ERR_clear_error();
    for (size_t left = fx_string_length(text); left;) {
        int part = ssl->SSL_write(session_of(session)->ssl, at, (int)(left < LONGEST_PART ? left : LONGEST_PART));
        if (part <= 0) return broken(rt, ssl);
        at += part;
        left -= (size_t)part;
    }
    return fx_ok_take(rt, FX_WORD, FX_UNIT);
}

fx_value fx_tls_outgoing(fx_runtime *rt, fx_value session) {
    Library *ssl = library_of(rt);
    BIO *output = session_of(session)->output;
    size_t length = ssl->BIO_ctrl_pending(output);
    fx_value bytes = fx_string_make(rt, NULL, length);
    char *to = ((fx_string *)fx_object_of(bytes))->bytes;
    for (size_t done = 0; done < length;) {
        size_t left = length - done;
        int part = ssl->BIO_read(output, to + done, (int)(left < LONGEST_PART ? left : LONGEST_PART));
        if (part <= 0) fx_fault(rt, NULL, "out of memory");
        done += (size_t)part;
    }
    return bytes;
}

fx_value fx_tls_finish(fx_runtime *rt, fx_value session) {
    Library *ssl = library_of(rt);
    ssl->SSL_shutdown(session_of(session)->ssl);
    ssl->ERR_clear_error();
    return FX_UNIT;
}
