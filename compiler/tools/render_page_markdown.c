// What modules offer, in Markdown.

#include "render_page.h"

#include <string.h>

static void build_section(Builder *out, const char *marks, Text section) {
    build_format(out, "\n%s %.*s\n", marks, (int)section.length, section.bytes);
}

// ---- the page of one module ----

static void build_documentation(Builder *out, Text documentation) {
    if (!documentation.length) return;
    build_byte(out, '\n');
    build_text(out, documentation);
    build_byte(out, '\n');
}

static void build_parts(Builder *out, const Offer *offer) {
    if (offer->parts.count) build_byte(out, '\n');
    for (size_t i = 0; i < offer->parts.count; i++) {
        const OfferPart *part = &offer->parts.items[i];
        build_format(out, "* `%.*s`", (int)part->signature.length, part->signature.bytes);
        if (part->documentation.length) build_format(out, ": %.*s", (int)part->documentation.length, part->documentation.bytes);
        build_byte(out, '\n');
    }
}

void render_page_markdown(Builder *out, const Interface *interface) {
    Text section = {0};
    build_format(out, "# %s\n", interface->name);
    build_documentation(out, interface->documentation);
    for (size_t i = 0; i < interface->offers.count; i++) {
        const Offer *offer = &interface->offers.items[i];
        if (!text_equal(offer->section, section)) build_section(out, "##", offer->section);
        section = offer->section;
        Text head = describe_head(out->arena, interface, offer);
        build_format(out, "\n### %s\n\n```text\n%.*s\n```\n", offer->name, (int)head.length, head.bytes);
        build_parts(out, offer);
        build_documentation(out, offer->documentation);
    }
}

// ---- its part of the library's page ----

static void build_line(Builder *out, const Interface *interface, const Offer *offer) {
    build_string(out, "* `");
    build_text(out, offer->kind == OFFER_VALUE ? describe_typed(out->arena, interface, offer) : describe_whole(out->arena, interface, offer));
    build_byte(out, '`');
    Text sentence = first_sentence(out->arena, offer->documentation);
    if (sentence.length) build_format(out, " · %.*s", (int)sentence.length, sentence.bytes);
    build_byte(out, '\n');
}

void render_summary_markdown(Builder *out, const Interface *interface) {
    Text section = {0};
    for (size_t i = 0; i < interface->offers.count; i++) {
        const Offer *offer = &interface->offers.items[i];
        if (!text_equal(offer->section, section)) build_format(out, "\n*%.*s*\n", (int)offer->section.length, offer->section.bytes);
        if (i == 0 || !text_equal(offer->section, section)) build_byte(out, '\n');
        section = offer->section;
        build_line(out, interface, offer);
    }
}
