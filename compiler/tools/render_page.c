// What modules offer, in 80 columns of a terminal.

#include "render_page.h"

#include <string.h>

enum { INDENT = 4 };

// ---- heads ----

static Symbol last_name(Symbol full_name) {
    const char *dot = strrchr(full_name, '.');
    return dot ? dot + 1 : full_name;
}

// What stands before a name where it is used: nothing for Prelude's, nothing for those of a program, which nobody imports, and nothing for a
// type or an effect that bears the module's name.
static void build_name(Builder *out, const Interface *interface, const Offer *offer) {
    Symbol module = last_name(interface->name);
    bool is_imported = module[0] >= 'A' && module[0] <= 'Z' && strcmp(module, "Prelude") != 0;
    bool is_own = offer->kind != OFFER_VALUE && strcmp(module, offer->name) == 0;
    if (is_imported && !is_own) build_format(out, "%s.", module);
    build_string(out, offer->name);
}

Text describe_head(Arena *arena, const Interface *interface, const Offer *offer) {
    static const char *const words[] = {[OFFER_VALUE] = "", [OFFER_TYPE] = "type ", [OFFER_RECORD] = "type ", [OFFER_ALIAS] = "alias ",
                                        [OFFER_EFFECT] = "effect ", [OFFER_CELL] = "cell "};
    Builder head = builder_in(arena);
    build_string(&head, words[offer->kind]);
    build_name(&head, interface, offer);
    build_text(&head, offer->parameters);
    if (offer->result.length) build_string(&head, offer->kind == OFFER_ALIAS ? " = " : " : ");
    build_text(&head, offer->result);
    return builder_text(&head);
}

Text describe_typed(Arena *arena, const Interface *interface, const Offer *offer) {
    Builder typed = builder_in(arena);
    build_name(&typed, interface, offer);
    build_string(&typed, " : ");
    build_text(&typed, offer->type);
    return builder_text(&typed);
}

// ---- lines ----

static bool begins_with(Text text, const char *start) {
    size_t length = strlen(start);
    return text.length >= length && memcmp(text.bytes, start, length) == 0;
}

static bool ends_with(Text text, const char *end) {
    size_t length = strlen(end);
    return text.length >= length && memcmp(text.bytes + text.length - length, end, length) == 0;
}

static void indent_by(Builder *out, size_t count) { build_format(out, "%*s", (int)count, ""); }

// Characters, which are columns well enough: doc comments have no wide ones.
static size_t count_columns(Text text) {
    size_t columns = 0;
    for (size_t i = 0; i < text.length; i++) columns += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
    return columns;
}

// Where a text may be broken into lines.
typedef bool (*MayBreak)(Text text, size_t at);

static bool at_blank(Text text, size_t at) { return text.bytes[at] == ' ' || text.bytes[at] == '\n'; }

// In the head of a declaration: outside of brackets, between parameters, before `:` and `where`, behind `->` and `|`.
static bool between_types(Text text, size_t at) {
    int depth = 0;
    bool is_in_type = false;
    if (text.bytes[at] != ' ') return false;
    for (size_t i = 0; i < at; i++) {
        if (strchr("({[", text.bytes[i])) depth++;
        if (strchr(")}]", text.bytes[i])) depth--;
        is_in_type |= depth == 0 && (text.bytes[i] == ':' || text.bytes[i] == '=');
    }
    Text before = {text.bytes, at}, behind = {text.bytes + at, text.length - at};
    return depth == 0 && (!is_in_type || ends_with(before, "->") || ends_with(before, "|") || begins_with(behind, " where "));
}

static void build_pieces(Builder *out, Text text, size_t used, size_t indent, MayBreak may_break) {
    size_t column = used;
    for (size_t start = 0, end; start < text.length; start = end + 1) {
        for (end = start; end < text.length && !may_break(text, end);) end++;
        Text piece = {text.bytes + start, end - start};
        bool fits = column + 1 + count_columns(piece) <= PAGE_WIDTH;
        if (start && fits) build_byte(out, ' ');
        if (start && !fits) {
            build_byte(out, '\n');
            indent_by(out, indent);
            column = indent;
        } else column += start != 0;
        build_text(out, piece);
        column += count_columns(piece);
    }
    build_byte(out, '\n');
}

void build_wrapped(Builder *out, Text text, size_t used, size_t indent) { build_pieces(out, text, used, indent, at_blank); }

static void build_head(Builder *out, Text head, bool bold) {
    build_string(out, bold ? "\033[1m" : "");
    build_pieces(out, head, 0, INDENT, between_types);
    if (!bold) return;
    out->length--; // the line ends behind what is bold
    build_string(out, "\033[0m\n");
}

// ---- Markdown ----

static Text next_line(Text *rest) {
    const char *end = memchr(rest->bytes, '\n', rest->length);
    Text line = {rest->bytes, end ? (size_t)(end - rest->bytes) : rest->length};
    size_t taken = line.length + (end != NULL);
    *rest = (Text){rest->bytes + taken, rest->length - taken};
    return line;
}

static void end_paragraph(Builder *out, Builder *paragraph, size_t indent) {
    if (!paragraph->length) return;
    bool is_item = begins_with(builder_text(paragraph), "* ");
    indent_by(out, indent);
    build_wrapped(out, builder_text(paragraph), indent, indent + (is_item ? 2 : 0));
    paragraph->length = 0;
}

// Paragraphs and the items of lists are filled, code stands as it is, without its fences.
static void build_documentation(Builder *out, Text documentation, size_t indent) {
    Builder paragraph = builder_in(out->arena);
    bool is_code = false;
    while (documentation.length) {
        Text line = next_line(&documentation);
        bool is_fence = begins_with(line, "```");
        if (is_fence || !line.length || begins_with(line, "* ")) end_paragraph(out, &paragraph, indent);
        if (is_fence) is_code = !is_code;
        else if (!line.length) build_byte(out, '\n');
        else if (is_code || (begins_with(line, "    ") && !paragraph.length)) {
            indent_by(out, indent + (is_code ? INDENT : 0));
            build_text(out, line);
            build_byte(out, '\n');
        } else {
            if (paragraph.length) build_byte(&paragraph, ' ');
            build_text(&paragraph, line);
        }
    }
    end_paragraph(out, &paragraph, indent);
}

// A full stop ends a sentence when a blank and no small letter follows it, outside of code.
static bool ends_sentence(Text text, size_t at) {
    if (text.bytes[at] != '.') return false;
    if (at + 1 == text.length) return true;
    if (text.bytes[at + 1] != ' ' && text.bytes[at + 1] != '\n') return false;
    char next = at + 2 < text.length ? text.bytes[at + 2] : 'A';
    return next < 'a' || next > 'z';
}

// "`listen host port`." only shows a use.
static bool is_only_code(Text sentence) {
    return sentence.length > 2 && sentence.bytes[0] == '`' && memchr(sentence.bytes + 1, '`', sentence.length - 1) == sentence.bytes + sentence.length - 2;
}

Text first_sentence(Arena *arena, Text documentation) {
    Builder sentence = builder_in(arena);
    bool is_code = false;
    for (size_t i = 0; i < documentation.length; i++) {
        char c = documentation.bytes[i];
        if (c == '\n' && i + 1 < documentation.length && documentation.bytes[i + 1] == '\n') break;
        build_byte(&sentence, c == '\n' ? ' ' : c);
        is_code ^= c == '`';
        if (!is_code && ends_sentence(documentation, i) && !is_only_code(builder_text(&sentence))) break;
    }
    return builder_text(&sentence);
}

// ---- names ----

static bool is_documented(const Offer *offer) {
    for (size_t i = 0; i < offer->parts.count; i++)
        if (offer->parts.items[i].documentation.length) return true;
    return false;
}

Text describe_whole(Arena *arena, const Interface *interface, const Offer *offer) {
    static const char *const starts[] = {[OFFER_TYPE] = " = ", [OFFER_RECORD] = " = { ", [OFFER_EFFECT] = " = "};
    static const char *const separators[] = {[OFFER_TYPE] = " | ", [OFFER_RECORD] = ", ", [OFFER_EFFECT] = "; "};
    Builder whole = builder_in(arena);
    build_text(&whole, describe_head(arena, interface, offer));
    for (size_t i = 0; i < offer->parts.count; i++) {
        build_string(&whole, i ? separators[offer->kind] : starts[offer->kind]);
        build_text(&whole, offer->parts.items[i].signature);
    }
    if (offer->kind == OFFER_RECORD) build_string(&whole, " }");
    return builder_text(&whole);
}

static void build_parts(Builder *out, const Offer *offer) {
    for (size_t i = 0; i < offer->parts.count; i++) {
        const OfferPart *part = &offer->parts.items[i];
        const char *bar = offer->kind == OFFER_TYPE ? "| " : "";
        build_format(out, "  %s", bar);
        build_pieces(out, part->signature, 2 + strlen(bar), INDENT + 4, between_types);
        if (part->documentation.length) build_documentation(out, part->documentation, INDENT + 4);
    }
}

// Where what is said of the parts would be lost on one line, or that is too long, each has its own.
static void build_offer_head(Builder *out, const Interface *interface, const Offer *offer, bool bold) {
    Text head = describe_head(out->arena, interface, offer);
    Text whole = describe_whole(out->arena, interface, offer);
    bool is_short = offer->kind != OFFER_EFFECT && !is_documented(offer) && count_columns(whole) <= PAGE_WIDTH;
    build_head(out, is_short ? whole : head, bold);
    if (!is_short) build_parts(out, offer);
}

void render_offer(Builder *out, const Interface *interface, const Offer *offer, bool bold) {
    build_offer_head(out, interface, offer, bold);
    build_documentation(out, offer->documentation, INDENT);
}

void render_offer_briefly(Builder *out, const Interface *interface, const Offer *offer, bool bold) {
    build_head(out, describe_head(out->arena, interface, offer), bold);
    Text sentence = first_sentence(out->arena, offer->documentation);
    if (!sentence.length) return;
    indent_by(out, INDENT);
    build_wrapped(out, sentence, INDENT, INDENT);
}

// ---- the page ----

static void build_title(Builder *out, const Interface *interface, bool bold) {
    bool is_imported = interface->name[0] >= 'A' && interface->name[0] <= 'Z';
    const char *word = strcmp(interface->name, "Prelude") == 0 ? "Prelude (needs no import)" : interface->name;
    build_format(out, "%s%s%s%s\n", bold ? "\033[1m" : "", is_imported && word == interface->name ? "import " : "", word, bold ? "\033[0m" : "");
}

void render_page(Builder *out, const Interface *interface, bool bold) {
    Text section = {0};
    build_title(out, interface, bold);
    if (interface->documentation.length) build_byte(out, '\n');
    build_documentation(out, interface->documentation, 0);
    for (size_t i = 0; i < interface->offers.count; i++) {
        const Offer *offer = &interface->offers.items[i];
        if (!text_equal(offer->section, section)) build_format(out, "\n---- %.*s ----\n", (int)offer->section.length, offer->section.bytes);
        section = offer->section;
        build_byte(out, '\n');
        render_offer(out, interface, offer, bold);
    }
}
