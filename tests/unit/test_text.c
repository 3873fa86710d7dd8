/* The text floor: tokens, sentences, folding, language lists, mentions. Names are invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/chars.h"
#include "text/fold.h"
#include "text/language.h"
#include "text/mention.h"
#include "text/sentence.h"
#include "text/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- helpers ---- */

#define LDQ "\xe2\x80\x9c" /* curly quotes */
#define RDQ "\xe2\x80\x9d"
#define LSQ "\xe2\x80\x98"
#define RSQ "\xe2\x80\x99"
#define DOTS "\xe2\x80\xa6"

static const char *done(struct sl_buf *b)
{
    sl_buf_byte(b, 0);
    assert_false(b->failed);
    return b->p;
}

/* Sentences joined by "|"; a line end inside one shows as "~", a NUL as "0". */
static void put_sentences(struct sl_buf *b, const char *text, size_t len)
{
    struct sl_sentences it;
    struct slant_span s;
    bool first = true;
    sl_sentences_init(&it, text, len, &sl_language_english);
    while (sl_sentences_next(&it, &s)) {
        if (!first) {
            sl_buf_byte(b, '|');
        }
        first = false;
        for (size_t i = s.begin; i < s.end; i++) {
            char c = text[i];
            sl_buf_byte(b, (char)(c == '\n' ? '~' : c == 0 ? '0' : c));
        }
    }
    assert_false(sl_sentences_next(&it, &s));
}

/* Sixteen bytes at a time stop where one at a time does, wherever a step begins and ends. */
static void sentences_skip_alike(void **state)
{
    static const char part[] = "ab, .!?\t\n\x01\x7f~! \xe2\x80\xa6 \xc3\xa9 \xe3\xef  x";
    char text[96];
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        memset(text, 'a', sizeof text);
        for (int n = round % 6; n > 0; n--) {
            seed = seed * 1664525 + 1013904223;
            text[(seed >> 8) % sizeof text] = part[(seed >> 16) % (sizeof part - 1)];
            text[(seed >> 24) % sizeof text] = ' ';
        }
        for (size_t at = 0; at <= sizeof text; at += 7) {
            size_t end = sizeof text - (size_t)round % 19;
            if (at <= end) {
                assert_int_equal(sl_sentence_plain_end(text, at, end, true),
                                 sl_sentence_plain_end(text, at, end, false));
            }
        }
    }
}

static void check_sentences(const char *text, size_t len, const char *want, int line)
{
    struct sl_buf b = {0};
    put_sentences(&b, text, len);
    _assert_string_equal(done(&b), want, __FILE__, line);
    sl_buf_free(&b);
}
#define SENTENCES(text, want) check_sentences(text, sizeof(text) - 1, want, __LINE__)

/* Tokens joined by a space. A word is itself; other kinds have a letter before them: h: hashtag,
 * u: user, a: address, m: mark, t: mention. With breaks, "/" stands before a token after one. */
static void put_tokens(struct sl_buf *b, const char *text, size_t begin, size_t end,
                       const struct slant_span *mask, size_t n_mask, bool breaks)
{
    static const char *const kind[] = {"", "h:", "u:", "a:", "m:", "t:"};
    struct sl_tokens it;
    struct sl_token t;
    bool first = true;
    sl_tokens_init(&it, text, begin, end, mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        sl_buf_text(b, first ? "" : " ");
        first = false;
        sl_buf_text(b, breaks && t.after_break ? "/" : "");
        sl_buf_text(b, kind[t.kind]);
        sl_buf_put(b, text + t.begin, t.end - t.begin);
    }
    assert_false(sl_tokens_next(&it, &t));
}

static void check_tokens(const char *text, size_t len, bool breaks, const char *want, int line)
{
    struct sl_buf b = {0};
    put_tokens(&b, text, 0, len, NULL, 0, breaks);
    _assert_string_equal(done(&b), want, __FILE__, line);
    sl_buf_free(&b);
}
#define TOKENS(text, want) check_tokens(text, sizeof(text) - 1, false, want, __LINE__)
#define BREAKS(text, want) check_tokens(text, sizeof(text) - 1, true, want, __LINE__)

static void check_masked(const char *text, size_t begin, size_t end, struct slant_span mask,
                         const char *want, int line)
{
    struct sl_buf b = {0};
    put_tokens(&b, text, begin, end, &mask, 1, false);
    _assert_string_equal(done(&b), want, __FILE__, line);
    sl_buf_free(&b);
}
#define MASKED(text, from, to, want) \
    check_masked(text, 0, sizeof(text) - 1, (struct slant_span){from, to}, want, __LINE__)

/* Mentions of spellings (parted by "|") in the text, joined by "|". */
static void check_mentions(const char *spellings, const char *text, size_t len, const char *want,
                           int line)
{
    char copy[256];
    const char *alias[SLANT_MAX_ALIAS];
    struct slant_target target = {alias, 0};
    struct sl_spans spans = {0};
    struct sl_buf b = {0};
    struct slant_error err = {0};
    (void)snprintf(copy, sizeof copy, "%s", spellings);
    for (char *p = copy; p != NULL;) {
        char *bar = strchr(p, '|');
        if (bar != NULL) {
            *bar++ = 0;
        }
        alias[target.n_alias++] = p;
        p = bar;
    }
    assert_int_equal(sl_mentions_find(text, len, &target, &spans, &err), SLANT_OK);
    for (size_t i = 0; i < spans.n; i++) {
        assert_true(spans.p[i].end <= len);
        sl_buf_text(&b, i > 0 ? "|" : "");
        sl_buf_put(&b, text + spans.p[i].begin, spans.p[i].end - spans.p[i].begin);
    }
    _assert_string_equal(done(&b), want, __FILE__, line);
    sl_buf_free(&b);
    free(spans.p);
}
#define MENTIONS(spellings, text, want) \
    check_mentions(spellings, text, sizeof(text) - 1, want, __LINE__)

static uint64_t shift_state;
static uint64_t xorshift(void)
{
    shift_state ^= shift_state << 13;
    shift_state ^= shift_state >> 7;
    shift_state ^= shift_state << 17;
    return shift_state;
}

static double seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- characters ---- */

/* Catches: a category that tokens or sentences rely on read as another one. */
static void char_kinds(void **state)
{
    static const struct {
        uint32_t cp;
        enum sl_char_kind kind;
    } want[] = {
        {'a', SL_CHAR_LOWER},    {'Z', SL_CHAR_UPPER},     {'7', SL_CHAR_DIGIT},
        {' ', SL_CHAR_SPACE},    {0, SL_CHAR_SPACE},       {'\n', SL_CHAR_SPACE},
        {0x7f, SL_CHAR_SPACE},   {0x85, SL_CHAR_SPACE},    {0xa0, SL_CHAR_SPACE},
        {0xfeff, SL_CHAR_SPACE}, {0x200b, SL_CHAR_SPACE},  {0x2028, SL_CHAR_SPACE},
        {0xe9, SL_CHAR_LOWER},   {0xc9, SL_CHAR_UPPER},    {0x1c5, SL_CHAR_UPPER},
        {0x301, SL_CHAR_LOWER},  {0x4e2d, SL_CHAR_LOWER},  {0x663, SL_CHAR_DIGIT},
        {'.', SL_CHAR_OTHER},    {'_', SL_CHAR_OTHER},     {'+', SL_CHAR_OTHER},
        {0x201c, SL_CHAR_OTHER}, {0x1f600, SL_CHAR_EMOJI},
    };
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        if (sl_char_kind(want[i].cp) != want[i].kind) {
            print_error("U+%04X: %d\n", (unsigned)want[i].cp, (int)sl_char_kind(want[i].cp));
            fail();
        }
    }
}

/* ---- tokens ---- */

/* Catches: words cut at letters with accents, at marks, or joined across white space. */
static void token_words(void **state)
{
    (void)state;
    TOKENS("", "");
    TOKENS(" \t\n ., ; : ()[]-_*/ ", "");
    TOKENS("Drones fly low", "Drones fly low");
    TOKENS("caf\xc3\xa9 na\xc3\xafve", "caf\xc3\xa9 na\xc3\xafve");
    TOKENS("cafe\xcc\x81s", "cafe\xcc\x81s"); /* a combining accent */
    TOKENS("5G in 2031 B2B", "5G in 2031 B2B");
    TOKENS("one\xc2\xa0two\xe2\x80\x8bthree", "one two three");
    TOKENS("nul\0word", "nul word");
}

/* Catches: "don't" in two, an outer quote taken for an apostrophe, a digit joined by one. */
static void token_apostrophes(void **state)
{
    (void)state;
    TOKENS("don't", "don't");
    TOKENS("don" RSQ "t", "don" RSQ "t");
    TOKENS("don\xca\xbct don\xef\xbc\x87t", "don\xca\xbct don\xef\xbc\x87t");
    TOKENS("rock'n'roll", "rock'n'roll");
    TOKENS("'quoted' dogs' 'tis", "quoted dogs tis");
    TOKENS(LSQ "quoted" RSQ, "quoted");
    TOKENS("don''t", "don t");
    TOKENS("90's", "90 s");
    TOKENS("end'", "end");
}

/* Catches: "U.S" or 5.2 in pieces, and a missing space after a stop glueing two words. */
static void token_points(void **state)
{
    (void)state;
    TOKENS("the U.S. Senate", "the U.S Senate");
    TOKENS("U.S.A. a.m. e.g.", "U.S.A a.m e.g");
    TOKENS("5.2 1.2.3 end.", "5.2 1.2.3 end");
    TOKENS("end.Of it.is", "end Of it is");
    TOKENS("U.Senate xU.S", "U Senate xU S");
    TOKENS("v2.x 3.a a.3", "v2 x 3 a a 3");
    TOKENS(".5", "5");
}

/* Catches: "single letter" taken for "single byte": an initial with an accent is one letter too. */
static void token_points_between_any_letters(void **state)
{
    (void)state;
    TOKENS("\xc3\x89.U", "\xc3\x89.U");
    TOKENS("U.\xc3\x89", "U.\xc3\x89");
    TOKENS("\xc3\x89.\xc3\x89.\xc3\x89", "\xc3\x89.\xc3\x89.\xc3\x89");
    TOKENS("d\xc3\xa9.U", "d\xc3\xa9 U");
}

/* Catches: 1,000 in pieces, and lists of words glued by a comma. */
static void token_commas(void **state)
{
    (void)state;
    TOKENS("1,000,000.50 people", "1,000,000.50 people");
    TOKENS("red,blue 1,a a,1 1, 2", "red blue 1 a a 1 1 2");
}

/* Catches: AT&T-like names in pieces; an & joined to a digit, a blank or nothing. */
static void token_ampersands(void **state)
{
    (void)state;
    TOKENS("Q&V Q&V's R&&D", "Q&V Q&V's R D");
    TOKENS("q&a Q&a Q & V 4&5 Q&5 Q&", "q&a Q&a Q V 4 5 Q 5 Q");
}

/* Catches: a hyphen that joins. */
static void token_hyphens(void **state)
{
    (void)state;
    TOKENS("Vale-made well-known x-ray", "Vale made well known x ray");
    TOKENS("a\xe2\x80\x91z\xe2\x80\x93y", "a z y");
}

/* Catches: a hashtag without its parts, parts cut wrongly, or a lone # as a token. */
static void token_hashtags(void **state)
{
    (void)state;
    TOKENS("#drones now", "h:#drones drones now");
    TOKENS("#BanAcmeDrones", "h:#BanAcmeDrones Ban Acme Drones");
    TOKENS("#ClimateChange2020", "h:#ClimateChange2020 Climate Change 2020");
    TOKENS("#USDrones", "h:#USDrones US Drones");
    TOKENS("#fly_low_", "h:#fly_low_ fly low");
    TOKENS("#CAF\xc3\x89Noir", "h:#CAF\xc3\x89Noir CAF\xc3\x89 Noir");
    TOKENS("#3D", "h:#3D 3 D");
    TOKENS("# 5 #, ## #_x", "5 x");
    TOKENS("C#minor", "C h:#minor minor");
    TOKENS("#one#two", "h:#one one h:#two two");
}

/* Catches: @user read as a word, or its name given twice. */
static void token_users(void **state)
{
    (void)state;
    TOKENS("@ada_vale said @ me", "u:@ada_vale said me");
    TOKENS("cc @vale2, ok", "cc u:@vale2 ok");
}

/* Catches: an address in pieces; a word that merely starts like one. */
static void token_addresses(void **state)
{
    (void)state;
    TOKENS("see https://vale.test/a?b=c#d now", "see a:https://vale.test/a?b=c#d now");
    TOKENS("http://vale.test\nnext", "a:http://vale.test next");
    TOKENS("www.vale.test", "a:www.vale.test");
    TOKENS("www http httpx://", "www http httpx m::/");
}

/* Catches: marks of strength lost, single stops as tokens, ellipses in pieces. */
static void token_marks(void **state)
{
    (void)state;
    TOKENS("No! Why?! Stop!!!", "No m:! Why m:?! Stop m:!!!");
    TOKENS("wait... what" DOTS " so..", "wait m:... what m:" DOTS " so m:..");
    TOKENS("one. two", "one two");
    TOKENS("hm.!?", "hm m:!?");
}

/* Catches: emoticons missed, or seen in a colon with a bracket or letter that is part of text. */
static void token_emoticons(void **state)
{
    (void)state;
    TOKENS("ok :) ;-) :'( =D :/ <3", "ok m::) m:;-) m::'( m:=D m::/ m:<3");
    TOKENS("list:Drones :Drones :Pat", "list Drones Drones Pat");
    TOKENS(": ) ; (a) a=b", "a a b");
    TOKENS("fine :)", "fine m::)");
    TOKENS("fine :", "fine");
}

/* Catches: "<3" seen in a comparison with a number that goes on. */
static void token_heart_is_no_number(void **state)
{
    (void)state;
    TOKENS("fell <30 percent", "fell 30 percent");
    TOKENS("<3!", "m:<3 m:!");
}

/* Catches: the byte behind an emoticon read as a Latin-1 letter, which hides it before a curly
 * quote, an ellipsis or an emoji. */
static void token_emoticon_before_multibyte(void **state)
{
    (void)state;
    TOKENS(LDQ "ok :)" RDQ, "ok m::)");
    TOKENS(":)" DOTS, "m::) m:" DOTS);
    TOKENS(":)\xf0\x9f\x98\x80", "m::) m:\xf0\x9f\x98\x80");
    TOKENS(":P\xc3\xa9tain", "P\xc3\xa9tain"); /* and a real letter still hides it */
}

/* Catches: emoji dropped, or a run of them as one. */
static void token_emoji(void **state)
{
    (void)state;
    TOKENS("go\xf0\x9f\x98\x80\xf0\x9f\x98\x80 up", "go m:\xf0\x9f\x98\x80 m:\xf0\x9f\x98\x80 up");
}

/* Catches: a missed break, one that reaches too far, or one seen where there is none. */
static void token_after_break(void **state)
{
    (void)state;
    BREAKS("one two, three four", "one two /three four");
    BREAKS("a: b; c. d (e) f", "a /b /c /d /e /f");
    BREAKS("a \xe2\x80\x94 b \xe2\x80\x93 c", "a /b /c");
    BREAKS("no! yes", "no m:! /yes");
    BREAKS("no... yes" DOTS " so", "no m:... /yes m:" DOTS " /so");
    BREAKS("well-known \"x\" y", "well known x y");
    BREAKS("5.2 1,000 don't", "5.2 1,000 don't");
    BREAKS("a,#Tag b", "a /h:#Tag Tag b");
}

/* Catches: a mask that is read as words, moves its neighbours, or is lost inside a word. */
static void token_masks(void **state)
{
    (void)state;
    MASKED("buy Acme now", 4, 8, "buy t:Acme now");
    MASKED("Acme Drone Co. flies", 0, 14, "t:Acme Drone Co. flies");
    MASKED("Acme's drones", 0, 6, "t:Acme's drones");
    MASKED("preAcmepost", 3, 7, "pre t:Acme post");
    MASKED("buy Acme", 4, 8, "buy t:Acme");
    MASKED("a, Acme", 1, 2, "a t:, Acme"); /* data may mask anything */
}

/* Catches: a mention whose own words are asked for, but lost, doubled, or read together with others. */
static void token_masks_with_names(void **state)
{
    static const char text[] = "buy Acme Drone's now, Acme";
    static const struct slant_span mask[] = {{4, 16}, {22, 26}};
    static const size_t want[][2] = {{0, 3},   {4, 16},  {4, 8},  {9, 16},
                                     {17, 20}, {22, 26}, {22, 26}};
    struct sl_tokens it;
    struct sl_token t;
    (void)state;
    sl_tokens_init(&it, text, 0, sizeof text - 1, mask, 2);
    it.names_too = true;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_true(sl_tokens_next(&it, &t));
        assert_int_equal(t.begin, want[i][0]);
        assert_int_equal(t.end, want[i][1]);
        assert_int_equal(t.kind == SL_TOKEN_MENTION, i == 1 || i == 5);
    }
    assert_false(sl_tokens_next(&it, &t));
}

/* Catches: masks outside [begin, end) given as tokens, or not clipped at its edges. */
static void token_masks_are_clipped(void **state)
{
    static const char text[] = "Acme one Acme two Acme";
    static const struct slant_span mask[] = {{0, 4}, {9, 13}, {18, 22}};
    struct sl_buf b = {0};
    (void)state;
    put_tokens(&b, text, 5, 17, mask, 3, false);
    assert_string_equal(done(&b), "one t:Acme two");
    sl_buf_free(&b);
    put_tokens(&b, text, 2, 11, mask, 3, false);
    assert_string_equal(done(&b), "t:me one t:Ac");
    sl_buf_free(&b);
}

/* Catches: the rest of a hashtag read as one word behind the mask in it, and a mask that starts
 * inside a part. */
static void token_mask_in_hashtag(void **state)
{
    (void)state;
    MASKED("#AcmeDroneBan now", 1, 5, "t:Acme Drone Ban now");
    MASKED("#BanAcme now", 4, 8, "Ban t:Acme now");
    MASKED("#acmedrone now", 5, 10, "acme t:drone now");
    MASKED("#Acme #Ban", 1, 5, "t:Acme h:#Ban Ban");
}

/* Catches: the target's name left readable in the token of a hashtag, an address or a mark around
 * the mask: outside the mask's own token nothing may overlap it. */
static void token_mask_is_seen_by_no_other(void **state)
{
    static const struct {
        const char *text;
        struct slant_span mask;
    } c[] = {{"#Acme flies", {1, 5}},
             {"#BanAcme now", {4, 8}},
             {"see http://acme.test now", {11, 15}},
             {"see @acme now", {5, 9}},
             {"what ?!?! now", {6, 8}}};
    (void)state;
    for (size_t i = 0; i < sizeof c / sizeof c[0]; i++) {
        struct sl_tokens it;
        struct sl_token t;
        int mentions = 0;
        sl_tokens_init(&it, c[i].text, 0, strlen(c[i].text), &c[i].mask, 1);
        while (sl_tokens_next(&it, &t)) {
            if (t.kind == SL_TOKEN_MENTION) {
                mentions++;
            } else if (t.begin < c[i].mask.end && t.end > c[i].mask.begin) {
                print_error("\"%s\": kind %d covers the mask\n", c[i].text, (int)t.kind);
                fail();
            }
        }
        if (mentions != 1) {
            print_error("\"%s\": %d mention tokens\n", c[i].text, mentions);
            fail();
        }
    }
}

/* ---- sentences ---- */

/* Catches: stops missed or left out of the sentence, white space kept around it. */
static void sentence_stops(void **state)
{
    (void)state;
    SENTENCES("One flew. Two fell! Three? Four" DOTS " Five",
              "One flew.|Two fell!|Three?|Four" DOTS "|Five");
    SENTENCES("  One flew.   Two fell.  ", "One flew.|Two fell.");
    SENTENCES("What?! No!!! Yes.", "What?!|No!!!|Yes.");
    SENTENCES("No stop at all", "No stop at all");
    SENTENCES("it flew. it fell.", "it flew. it fell."); /* a lower-case word starts none */
    SENTENCES("It flew.It fell.", "It flew.It fell.");
    SENTENCES("In 2031. In 2032.", "In 2031.|In 2032.");
    SENTENCES("It flew. 12 fell.", "It flew.|12 fell.");
}

/* Catches: nothing, or an empty sentence, where there is no word; a crash on empty text. */
static void sentence_needs_a_word(void **state)
{
    (void)state;
    SENTENCES("", "");
    SENTENCES(" \r\n\t ", "");
    SENTENCES("... !!! ??? -- \" \"", "");
    SENTENCES("***\n\nIt flew.\n\n* * *\n\nIt fell.", "It flew.|It fell.");
    SENTENCES("5", "5");
    SENTENCES("\xf0\x9f\x98\x80 ", "");
}

/* Catches: a sentence ended by a title's or an abbreviation's point. */
static void sentence_abbreviations(void **state)
{
    (void)state;
    SENTENCES("Mr. Vale met Dr. Ode. They left.", "Mr. Vale met Dr. Ode.|They left.");
    SENTENCES("MR. VALE spoke.", "MR. VALE spoke.");
    SENTENCES("Sen. Ada Vale and Gov. Ode agreed.", "Sen. Ada Vale and Gov. Ode agreed.");
    SENTENCES("Acme Inc. Chairman Ode left.", "Acme Inc. Chairman Ode left.");
    SENTENCES("He leads Acme Inc. The firm grew.", "He leads Acme Inc.|The firm grew.");
    SENTENCES("It is Acme Corp. that pays.", "It is Acme Corp. that pays.");
    SENTENCES("On Jan. 5 at 5 p.m. Monday it fell.", "On Jan. 5 at 5 p.m. Monday it fell.");
    SENTENCES("It fell at 5 p.m. The rest flew.", "It fell at 5 p.m.|The rest flew.");
    SENTENCES("Drones, maps, etc. And more.", "Drones, maps, etc.|And more.");
    SENTENCES("(Mr. Vale left.) He sang.", "(Mr. Vale left.)|He sang.");
    SENTENCES("He leads Acme Inc. \"The firm grew.\"", "He leads Acme Inc.|\"The firm grew.\"");
    SENTENCES("He leads Acme Inc.\nProfits rose.", "He leads Acme Inc.|Profits rose.");
    SENTENCES("Smr. Vale", "Smr.|Vale"); /* only the whole word counts */
}

/* Catches: a curly quote, dash or no-break space before the word that hides it from the lists. */
static void sentence_abbreviation_behind_other_marks(void **state)
{
    (void)state;
    SENTENCES("\"Mr. Vale is late,\" she said.", "\"Mr. Vale is late,\" she said.");
    SENTENCES(LDQ "Mr. Vale is late," RDQ " she said.", LDQ "Mr. Vale is late," RDQ " she said.");
    SENTENCES("Two men\xe2\x80\x94Mr. Vale and Dr. Ode\xe2\x80\x94left.",
              "Two men\xe2\x80\x94Mr. Vale and Dr. Ode\xe2\x80\x94left.");
    SENTENCES("It met\xc2\xa0Mr. Vale.", "It met\xc2\xa0Mr. Vale.");
    SENTENCES("So " LSQ "Dr. Ode" RSQ " left.", "So " LSQ "Dr. Ode" RSQ " left.");
    SENTENCES("The " LDQ "U.S. Senate" RDQ " met.", "The " LDQ "U.S. Senate" RDQ " met.");
    SENTENCES("It hit " LDQ "No. 10" RDQ " twice.", "It hit " LDQ "No. 10" RDQ " twice.");
}

/* Catches: a name with initials in two, and initialisms before a name. */
static void sentence_initials(void **state)
{
    (void)state;
    SENTENCES("J. R. Smith spoke. He left.", "J. R. Smith spoke.|He left.");
    SENTENCES("Ada B. Vale spoke.", "Ada B. Vale spoke.");
    SENTENCES("J.R. Smith spoke.", "J.R. Smith spoke.");
    SENTENCES("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed.");
    SENTENCES("It left the U.S. The Senate voted.", "It left the U.S.|The Senate voted.");
    SENTENCES("It left the U.S. \"We voted.\"", "It left the U.S.|\"We voted.\"");
    SENTENCES("The U.N. and the U.K. Parliament met.", "The U.N. and the U.K. Parliament met.");
}

/* Catches: the letter behind an apostrophe (don't, he'd) taken for an initial before a name. */
static void sentence_contractions(void **state)
{
    (void)state;
    SENTENCES("They don't. Bruce left.", "They don't.|Bruce left.");
    SENTENCES("They can" RSQ "t. Bruce left.", "They can" RSQ "t.|Bruce left.");
    SENTENCES("So he's. Bruce isn't. Ada left.", "So he's.|Bruce isn't.|Ada left.");
    SENTENCES("Nor would he, if he'd. Bruce left.", "Nor would he, if he'd.|Bruce left.");
    SENTENCES("She met Chlo\xc3\xa9's. Bruce left.", "She met Chlo\xc3\xa9's.|Bruce left.");
    SENTENCES("THEY WON'T. BRUCE LEFT.", "THEY WON'T.|BRUCE LEFT.");
    SENTENCES("D. O'B. Smith spoke.", "D. O'B. Smith spoke.");
    SENTENCES("So 'J. Smith' spoke.", "So 'J. Smith' spoke.");
    SENTENCES(LSQ "J. Smith" RSQ " or " LSQ "B. Vale" RSQ " spoke.",
              LSQ "J. Smith" RSQ " or " LSQ "B. Vale" RSQ " spoke.");
    SENTENCES("'t. Bruce left.", "'t. Bruce left.");
}

/* Catches: "A." and "I.", which also are words that start sentences, ending one as initials. */
static void sentence_initials_that_are_words(void **state)
{
    (void)state;
    SENTENCES("J. A. Vale spoke.", "J. A. Vale spoke.");
    SENTENCES("The writer M. I. Ode sang.", "The writer M. I. Ode sang.");
    SENTENCES("It left the U.S. A vote followed.", "It left the U.S.|A vote followed.");
    SENTENCES("It left the U.S. I know.", "It left the U.S.|I know.");
}

/* Catches: an initialism in brackets that ends the sentence only because a bracket closes. */
static void sentence_abbreviation_in_brackets(void **state)
{
    (void)state;
    SENTENCES("The Air Board (A.B.) Council met.", "The Air Board (A.B.) Council met.");
    SENTENCES("The maker (Acme Inc.) Monday left.", "The maker (Acme Inc.) Monday left.");
    SENTENCES("It met (in the U.S.) The rest left.", "It met (in the U.S.)|The rest left.");
}

/* Catches: a decimal point or "No. 10" as an end, "no." kept from being one, a footnote's mark that joins two. */
static void sentence_numbers(void **state)
{
    (void)state;
    SENTENCES("It rose 5.2 percent. It fell .5 points.", "It rose 5.2 percent.|It fell .5 points.");
    SENTENCES("It cost $5. Then $1,000.50.", "It cost $5.|Then $1,000.50.");
    SENTENCES("The minister, Eng. Fahd Roe, left.", "The minister, Eng. Fahd Roe, left.");
    SENTENCES("At No. 10 they met.", "At No. 10 they met.");
    SENTENCES("See Art. 7 of it. It cost approx. 40.", "See Art. 7 of it.|It cost approx. 40.");
    SENTENCES("He likes modern art. They do not.", "He likes modern art.|They do not.");
    SENTENCES("It left.[3] Nobody saw.[4][15] It rained.\302\271\302\262 It froze.[a] It did.",
              "It left.[3]|Nobody saw.[4][15]|It rained.\302\271\302\262|It froze.[a] It did.");
    SENTENCES("She said no. Nobody asked.", "She said no.|Nobody asked.");
    SENTENCES("It is version 2.0.1 now. Fine.", "It is version 2.0.1 now.|Fine.");
}

/* Catches: an ellipsis inside a sentence as its end, or one at its end missed. */
static void sentence_ellipses(void **state)
{
    (void)state;
    SENTENCES("It ... fell. Well... so it went.", "It ... fell.|Well... so it went.");
    SENTENCES("It fell... Then it rose.", "It fell...|Then it rose.");
    SENTENCES("It fell" DOTS " then rose" DOTS " The end.",
              "It fell" DOTS " then rose" DOTS "|The end.");
    SENTENCES("It fell... \"Why?\" Ada asked.", "It fell...|\"Why?\"|Ada asked.");
}

/* Catches: an ellipsis written with spaces taken for three ends. */
static void sentence_spaced_ellipsis(void **state)
{
    (void)state;
    SENTENCES("It fell . . . and rose.", "It fell . . . and rose.");
    SENTENCES("It fell . . . Then it rose.", "It fell . . .|Then it rose.");
}

/* Catches: closing quotes and brackets cut off, straight and curly alike. */
static void sentence_closers(void **state)
{
    (void)state;
    SENTENCES("He said \"go.\" She left.", "He said \"go.\"|She left.");
    SENTENCES("He said " LDQ "go." RDQ " She left.", "He said " LDQ "go." RDQ "|She left.");
    SENTENCES("He said 'go.' She left.", "He said 'go.'|She left.");
    SENTENCES("He said " LSQ "go." RSQ " She left.", "He said " LSQ "go." RSQ "|She left.");
    SENTENCES("(It flew.) [It fell.] It rose.", "(It flew.)|[It fell.]|It rose.");
    SENTENCES("He said " LDQ "they said " LSQ "go." RSQ RDQ " She left.",
              "He said " LDQ "they said " LSQ "go." RSQ RDQ "|She left.");
    SENTENCES("It flew. (It fell.) It rose.", "It flew.|(It fell.)|It rose.");
    SENTENCES("It flew. " LDQ "It fell," RDQ " Ada said.",
              "It flew.|" LDQ "It fell," RDQ " Ada said.");
    SENTENCES("\xc2\xabGo.\xc2\xbb She left.", "\xc2\xabGo.\xc2\xbb|She left.");
}

/* Catches: "Why?" she asked - in two. */
static void sentence_question_then_verb(void **state)
{
    (void)state;
    SENTENCES("\"Why?\" she asked. He left.", "\"Why?\" she asked.|He left.");
    SENTENCES(LDQ "Why not?" RDQ " asked Ada. " LDQ "No!" RDQ " he cried.",
              LDQ "Why not?" RDQ " asked Ada.|" LDQ "No!" RDQ " he cried.");
    SENTENCES("\"Why?\" Then he left.", "\"Why?\"|Then he left.");
    SENTENCES("Why? asked Ada.", "Why? asked Ada.");
}

/* Catches: a headline or a paragraph without a stop glued to what follows. */
static void sentence_headlines(void **state)
{
    (void)state;
    SENTENCES("City Bans Drones\n\nThe city voted. It passed.",
              "City Bans Drones|The city voted.|It passed.");
    SENTENCES("City Bans Drones\nThe city voted.\nit passed",
              "City Bans Drones|The city voted.|it passed");
    SENTENCES("City Bans Drones\n \t \nThe city voted", "City Bans Drones|The city voted");
    SENTENCES("CITY, \xe2\x80\x94 Drones\n\n\n\nBy Ada Vale\n",
              "CITY, \xe2\x80\x94 Drones|By Ada Vale");
}

/* Catches: bullets kept in the sentence, list items glued together, a minus taken for a bullet. */
static void sentence_bullets(void **state)
{
    (void)state;
    SENTENCES("Reasons:\n- It is cheap\n- it is loud\n", "Reasons:|It is cheap|it is loud");
    SENTENCES("* One\n\xe2\x80\xa2 Two\n\xe2\x80\x93 Three", "One|Two|Three");
    SENTENCES("1. One thing\n2) Two things\n10. Ten things", "One thing|Two things|Ten things");
    SENTENCES("-5 degrees\n2031 was cold", "-5 degrees|2031 was cold");
    SENTENCES("- \n- \n", "");
}

/* Catches: hard-wrapped prose cut at its line ends. */
static void sentence_wrapped_text(void **state)
{
    (void)state;
    SENTENCES("The council of the small town met on Monday evening to talk\n"
              "about the drones that the police had bought from a maker\n"
              "abroad. Nobody had asked for them, said a member of the\n"
              "council. It will vote again.\n",
              "The council of the small town met on Monday evening to talk~"
              "about the drones that the police had bought from a maker~"
              "abroad.|Nobody had asked for them, said a member of the~"
              "council.|It will vote again.");
}

/* Catches: a heading, a blank line or a list inside wrapped text glued to its neighbours. */
static void sentence_wrapped_text_with_headings(void **state)
{
    (void)state;
    SENTENCES("Town Council Meets\n"
              "The council of the small town met on Monday evening to talk\n"
              "about the drones that the police had bought from a maker\n"
              "abroad; nobody had asked for them, said a member of the\n"
              "council\n"
              "\n"
              "It will vote again on the drones and on what they may be used\n"
              "for in these two cases that were named by the council on the\n"
              "- Search for lost hikers\n"
              "- Fires\n",
              "Town Council Meets|"
              "The council of the small town met on Monday evening to talk~"
              "about the drones that the police had bought from a maker~"
              "abroad; nobody had asked for them, said a member of the~"
              "council|"
              "It will vote again on the drones and on what they may be used~"
              "for in these two cases that were named by the council on the|"
              "Search for lost hikers|Fires");
}

/* Catches: a blank line that parts only where the line before it is short. */
static void sentence_wrapped_text_blank_line(void **state)
{
    (void)state;
    SENTENCES("The council of the small town met on Monday evening to talk\n"
              "about the drones that the police had bought from a maker in\n"
              "\n"
              "Vale, where nobody had asked for them in the last few years,\n"
              "said a member.\n",
              "The council of the small town met on Monday evening to talk~"
              "about the drones that the police had bought from a maker in|"
              "Vale, where nobody had asked for them in the last few years,~"
              "said a member.");
}

/* Catches: the length of a wrapped line measured from the sentence's start instead of the line's:
 * a sentence that starts late in a line, before a line that starts with a name, was cut. */
static void sentence_wrapped_text_late_start(void **state)
{
    (void)state;
    SENTENCES("The council of the small town met on Monday evening. The\n"
              "Acme Drone Company was named as a maker of the drones that\n"
              "were bought by the police, and its chairman Mr. Vale was\n"
              "there to answer what the council asked about the price.\n",
              "The council of the small town met on Monday evening.|The~"
              "Acme Drone Company was named as a maker of the drones that~"
              "were bought by the police, and its chairman Mr. Vale was~"
              "there to answer what the council asked about the price.");
}

/* Catches: a paragraph a line, all long, taken for wrapped text. */
static void sentence_line_per_paragraph(void **state)
{
    (void)state;
    SENTENCES("The council met on Monday to talk about the drones it bought\n"
              "Nobody had asked for the drones, said a member of the council\n"
              "The vote will be held again on Friday, and it may well fail\n",
              "The council met on Monday to talk about the drones it bought|"
              "Nobody had asked for the drones, said a member of the council|"
              "The vote will be held again on Friday, and it may well fail");
}

/* Catches: CR LF seen as two line ends or kept in the sentence; lone CRs missed. */
static void sentence_crlf(void **state)
{
    (void)state;
    SENTENCES("City Bans Drones\r\nThe city voted.\r\n\r\nIt passed\r\n",
              "City Bans Drones|The city voted.|It passed");
    SENTENCES("City Bans Drones\rThe city voted\r", "City Bans Drones|The city voted");
    SENTENCES("The council of the small town met on Monday evening to talk\r\n"
              "about the drones that the police had bought from a maker\r\n"
              "abroad and of the price.\r\n",
              "The council of the small town met on Monday evening to talk\r~"
              "about the drones that the police had bought from a maker\r~"
              "abroad and of the price.");
}

/* Catches: text cut off at a NUL, and NUL kept at a sentence's edge. */
static void sentence_nul_bytes(void **state)
{
    (void)state;
    SENTENCES("It flew.\0It fell.", "It flew.|It fell.");
    SENTENCES("\0\0It\0flew\0\0", "It0flew");
    SENTENCES("\0\0\0", "");
}

/* Catches: a crash, an endless loop or a lost sentence around invalid UTF-8. */
static void sentence_invalid_utf8(void **state)
{
    (void)state;
    SENTENCES("It \xff flew. It \xc3 fell.", "It \xff flew.|It \xc3 fell.");
    SENTENCES("\xff\xfe\xfd", "");
    SENTENCES("It flew.\xe2\x82", "It flew.\xe2\x82");
    SENTENCES("It flew. \xf0\x9f", "It flew.");
}

/* Catches: the byte order mark inside the first sentence. */
static void sentence_byte_order_mark(void **state)
{
    (void)state;
    SENTENCES("\xef\xbb\xbfIt flew. It fell.", "It flew.|It fell.");
    SENTENCES("\xef\xbb\xbf", "");
    SENTENCES("\xef\xbb\xbf- It flew", "It flew");
}

/* ---- lists and folding ---- */

static void check_list(const struct sl_word_list *list, const char *name)
{
    assert_true(list->n > 0);
    for (size_t i = 0; i < list->n; i++) {
        const char *word = list->word[i];
        char folded[SL_FOLD_MAX];
        size_t n = sl_fold(word, strlen(word), folded);
        if (i > 0 && strcmp(list->word[i - 1], word) >= 0) {
            print_error("%s: \"%s\" is out of order\n", name, word);
            fail();
        }
        if (n != strlen(word) || memcmp(folded, word, n) != 0) {
            print_error("%s: \"%s\" is not folded\n", name, word);
            fail();
        }
        assert_true(sl_word_list_has(list, word, strlen(word)));
    }
    for (size_t i = 0; i < SL_LETTER_BOUNDS; i++) {
        const size_t from = list->by_letter[i];
        assert_true(from <= list->n && (i < SL_LETTER_BOUNDS - 1 || from == list->n));
        assert_true(from == 0 || list->word[from - 1][0] < (char)('a' + i));
        assert_true(from == list->n || list->word[from][0] >= (char)('a' + i));
    }
}

/* Catches: an entry out of order or not folded, which the look-up would never find, and bounds of letters
 * that are another list's. */
static void language_lists_are_sorted(void **state)
{
    const struct sl_language *l = sl_language_find("english");
    (void)state;
    assert_ptr_equal(l, &sl_language_english);
    assert_null(sl_language_find("klingon"));
    assert_null(sl_language_find("English"));
    check_list(&l->title, "titles");
    check_list(&l->abbreviation, "abbreviations");
    check_list(&l->starter, "starters");
    check_list(&l->negator, "negators");
}

/* Catches: prefixes of an entry found, or entries that are prefixes of the word. */
static void language_list_takes_whole_words(void **state)
{
    static const char *const word[] = {"d", "d.c", "dec", "no", "not"};
    static const uint8_t letter[SL_LETTER_BOUNDS] = {0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
                                                     5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    static const uint32_t second[26] = {
        [3] = 1u | 1u << ('.' & 31) | 1u << ('e' & 31), [13] = 1u << ('o' & 31)};
    static const uint32_t length[26] = {[3] = 1u << 1 | 1u << 3, [13] = 1u << 2 | 1u << 3};
    static const struct sl_word_list list = {word, 5, letter, second, length};
    static const uint8_t no_letter[SL_LETTER_BOUNDS] = {0};
    static const struct sl_word_list none = {word, 0, no_letter, second, length};
    static const char room[8] = "not";
    static const char *const in_room[] = {room};
    static const uint8_t only_n[SL_LETTER_BOUNDS] = {[14] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    static const uint32_t any_length[26] = {[13] = ~0u};
    const struct sl_word_list padded = {in_room, 1, only_n, second, any_length};
    (void)state;
    assert_true(sl_word_list_has(&list, "d", 1));
    assert_true(sl_word_list_has(&list, "decade", 3));
    assert_true(sl_word_list_has(&list, "not", 2));
    assert_false(sl_word_list_has(&list, "de", 2));
    assert_false(sl_word_list_has(&list, "nots", 4));
    assert_false(sl_word_list_has(&list, "", 0));
    assert_false(sl_word_list_has(&padded, "not\0\0x", 6)); /* nor is it read beyond its NUL */
    assert_false(sl_word_list_has(&none, "d", 1));
}

static void check_fold(const char *word, size_t len, const char *want, int line)
{
    char out[SL_FOLD_MAX + 1];
    size_t n = sl_fold(word, len, out);
    assert_true(n <= SL_FOLD_MAX);
    out[n] = 0;
    _assert_string_equal(out, want, __FILE__, line);
}
#define FOLD(word, want) check_fold(word, sizeof(word) - 1, want, __LINE__)

/* Catches: spellings of one word that stay apart: case, composition, kinds of apostrophe. */
static void fold_unites_spellings(void **state)
{
    (void)state;
    FOLD("", "");
    FOLD("DRONES", "drones");
    FOLD("Don't", "don't");
    FOLD("DON" RSQ "T", "don't");
    FOLD("don\xca\xbct", "don't");
    FOLD("\xc3\x89T\xc3\x89", "\xc3\xa9t\xc3\xa9");
    FOLD("E\xcc\x81t", "\xc3\xa9t"); /* decomposed to composed */
    FOLD("STRA\xc3\x9f"
         "E",
         "strasse");
    FOLD("\xce\xa3\xce\x9f\xce\xa3", "\xcf\x83\xce\xbf\xcf\x83"); /* final sigma */
    FOLD("A&Z@[`{", "a&z@[`{");
}

/* Catches: an overrun by a long word, a cut inside a character, a fold that grows too far. */
static void fold_is_bounded(void **state)
{
    char word[400];
    char out[SL_FOLD_MAX];
    char *last = out;
    size_t n;
    (void)state;
    memset(word, 'A', sizeof word);
    assert_int_equal(sl_fold(word, sizeof word, out), SL_WORD_MAX);
    assert_int_equal(last[SL_WORD_MAX - 1], 'a');
    for (size_t i = 0; i < sizeof word; i += 2) { /* "xÉÉÉ": the 64th byte is inside an É */
        word[i] = (char)(i == 0 ? 'x' : 0x89);
        word[i + 1] = (char)0xc3;
    }
    n = sl_fold(word, sizeof word - 1, out);
    assert_int_equal(n, 63);
    assert_true(sl_utf8_count_invalid(out, n) == 0);
    memset(word, 0xff, sizeof word); /* each byte becomes three */
    n = sl_fold(word, sizeof word, out);
    assert_true(n > 0 && n <= SL_FOLD_MAX);
    assert_true(sl_utf8_count_invalid(out, n) == 0);
    for (size_t i = 0; i + 3 <= sizeof word; i += 3) { /* U+0390 folds to three code points */
        memcpy(word + i, "\xce\x90 ", 3);
    }
    n = sl_fold(word, sizeof word, out);
    assert_true(n > 0 && n <= SL_FOLD_MAX);
    assert_true(sl_utf8_count_invalid(out, n) == 0);
}

/* ---- mentions ---- */

/* Catches: a mention inside another word, or missed beside punctuation or in another case. */
static void mention_whole_words_any_case(void **state)
{
    (void)state;
    MENTIONS("Acme", "Acme, ACME and acme. (acMe)", "Acme|ACME|acme|acMe");
    MENTIONS("Acme", "Acmes Pacme Acme2 ac me", "");
    MENTIONS("ACME", "the acme", "acme");
    MENTIONS("Acme", "", "");
    MENTIONS("\xc3\x89toile", "l'\xc3\xa9toile \xc3\x89TOILE E\xcc\x81toile",
             "\xc3\x89TOILE|E\xcc\x81toile");
    MENTIONS("Acme", "nul\0Acme", "Acme");
}

/* Catches: the 's left outside the mention, or a plural's apostrophe taken in. */
static void mention_possessives(void **state)
{
    (void)state;
    MENTIONS("Acme", "Acme's drones, ACME" RSQ "S price, Acme' s", "Acme's|ACME" RSQ "S|Acme");
    MENTIONS("Ode's", "Ode and Ode's", "Ode|Ode's"); /* a spelling with its own 's */
    MENTIONS("Acme Drones", "Acme Drones' price", "Acme Drones");
    MENTIONS("X", "X and X's", "X|X's");
    MENTIONS("Acme", "Acme'd Acme'st", "");
}

/* Catches: a shorter spelling taken first, or the rest of the longer given as a second mention. */
static void mention_longest_wins(void **state)
{
    (void)state;
    MENTIONS("Acme|Acme Drone Co", "Acme Drone Co met Acme.", "Acme Drone Co|Acme");
    MENTIONS("Acme Drone Co|Acme", "Acme Drone fell", "Acme");
    MENTIONS("Acme Drone Co|Acme Drone|Acme", "Acme Drone Co met", "Acme Drone Co");
    MENTIONS("Drone Co|Acme Drone", "Acme Drone Co", "Acme Drone"); /* the leftmost first */
    MENTIONS("Acme|Drone", "Acme Drone", "Acme|Drone");
    MENTIONS("Acme Acme", "Acme Acme Acme", "Acme Acme");
    MENTIONS("Vale Vale Ode", "Vale Vale Vale Ode", "Vale Vale Ode"); /* a false start */
}

/* Catches: several words with other white space, or with a hyphen between, missed. */
static void mention_multiword_and_hyphen(void **state)
{
    (void)state;
    MENTIONS("Acme Drone", "Acme\n  Drone ACME DRONE", "Acme\n  Drone|ACME DRONE");
    MENTIONS("Acme Drone", "an Acme-Drone", "Acme-Drone");
    MENTIONS("Acme-Drone", "an Acme Drone", "Acme Drone");
    MENTIONS("Acme", "an Acme-made drone", "Acme");
    MENTIONS("Acme Drone", "Acme's Drone", "Acme's Drone");
    MENTIONS("Q&V", "Q&V and Q&V's", "Q&V|Q&V's");
    MENTIONS("Acme Inc.", "Acme Inc. and Acme, Inc.", "Acme Inc|Acme, Inc");
    MENTIONS("U.S. Drone", "the U.S. Drone", "U.S. Drone");
}

/* Catches: a name with & that is missed in lower case, though mentions go by any case. */
static void mention_ampersand_any_case(void **state)
{
    (void)state;
    MENTIONS("Q&V", "the q&v drone", "q&v");
}

/* Catches: the name in a hashtag missed, and a spelling that is a hashtag itself. */
static void mention_in_hashtag(void **state)
{
    (void)state;
    MENTIONS("Acme", "#Acme #BanAcmeNow #acmes", "Acme|Acme");
    MENTIONS("Acme Drone", "#AcmeDrone", "AcmeDrone");
    MENTIONS("#Acme", "see #acme", "#acme");
}

/* Catches: too many spellings read out of bounds, and one that can never match let through. */
static void mention_bad_targets(void **state)
{
    static const char *const bad[] = {"", " ", "-", "(", "!?", "...", ":)", "\xf0\x9f\x98\x80"};
    const char *many[SLANT_MAX_ALIAS + 1];
    struct slant_target target = {many, SLANT_MAX_ALIAS + 1};
    struct sl_spans spans = {0};
    struct slant_error err = {0};
    (void)state;
    for (size_t i = 0; i <= SLANT_MAX_ALIAS; i++) {
        many[i] = "Acme";
    }
    assert_int_equal(sl_mentions_find("Acme", 4, &target, &spans, &err), SLANT_ERR_LIMIT);
    target.n_alias = SLANT_MAX_ALIAS;
    assert_int_equal(sl_mentions_find("Acme", 4, &target, &spans, &err), SLANT_OK);
    assert_int_equal(spans.n, 1);
    for (size_t i = 0; i < 4; i++) {
        many[1] = bad[i];
        target.n_alias = 2;
        assert_int_equal(sl_mentions_find("Acme", 4, &target, &spans, &err), SLANT_ERR_ARG);
    }
    target.n_alias = 0;
    assert_int_equal(sl_mentions_find("Acme", 4, &target, &spans, &err), SLANT_OK);
    assert_int_equal(spans.n, 1); /* none appended by any of these */
    free(spans.p);
}

/* Catches: a spelling of marks alone (no letter or digit) let through: it would mask punctuation.
 */
static void mention_of_marks_is_refused(void **state)
{
    static const char *const bad[] = {"!?", "...", ":)", "\xf0\x9f\x98\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct slant_target target = {&bad[i], 1};
        struct sl_spans spans = {0};
        struct slant_error err = {0};
        enum slant_status status = sl_mentions_find("What!? It...", 12, &target, &spans, &err);
        free(spans.p);
        assert_int_equal(status, SLANT_ERR_ARG);
    }
}

/* Catches: mentions of an earlier text overwritten: the list is appended to. */
static void mention_appends(void **state)
{
    static const char *const alias[] = {"Acme"};
    struct slant_target target = {alias, 1};
    struct sl_spans spans = {0};
    (void)state;
    assert_int_equal(sl_mentions_find("Acme", 4, &target, &spans, NULL), SLANT_OK);
    assert_int_equal(sl_mentions_find("x Acme", 6, &target, &spans, NULL), SLANT_OK);
    assert_int_equal(spans.n, 2);
    assert_int_equal(spans.p[1].begin, 2);
    free(spans.p);
}

/* Under a sanitizer, which is slow, the same on less. */
static bool in_sanitizer(void)
{
    const char *name = getenv("SANITIZER"); /* tests/run.sh sets it */
    return name != NULL && name[0] != 0;
}

/* ---- properties of random text ---- */

static const char *const fragment[] = {
    "Acme",
    "drone",
    "The",
    "the",
    "a",
    "A",
    "I",
    "U.S.",
    "Mr.",
    "No.",
    "Inc.",
    "e.g.",
    "J.",
    "5",
    "5.2",
    "1,000",
    "don't",
    "don" RSQ "t",
    "Q&V",
    "#Tag",
    "#AcmeDrone",
    "#a_B2",
    "@vale",
    "http://vale.test/x",
    "www.vale.test",
    ".",
    ".",
    ".",
    "!",
    "?",
    "...",
    DOTS,
    ",",
    ";",
    ":",
    "\"",
    "'",
    LDQ,
    RDQ,
    LSQ,
    RSQ,
    "(",
    ")",
    "[",
    "]",
    "-",
    "- ",
    "* ",
    "\xe2\x80\xa2 ",
    "2) ",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\t",
    "\xc2\xa0",
    "\xe2\x80\x8b",
    ":)",
    "<3",
    "\xf0\x9f\x98\x80",
    "\xc3\xa9",
    "\xc3\x89",
    "\xcc\x81",
    "\xe4\xb8\xad",
    "\xe3\x80\x82",
    "\xef\xbb\xbf",
    "#",
    "@",
    "_",
    "&",
    "<",
    "=",
    "the council of the small town met on Monday evening to talk\nabout drones"};
static const char *const rough[] = {"\xff", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf0\x9f", "\x80"};

/* A text of fragments; with broken, also of bytes that are not UTF-8, and NULs. */
static void random_text(struct sl_buf *b, bool broken)
{
    size_t n = xorshift() % 60;
    b->len = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t r = xorshift() >> 16;
        if (broken && r % 6 == 0) {
            sl_buf_text(b, rough[r / 6 % (sizeof rough / sizeof rough[0])]);
        } else if (broken && r % 31 == 0) {
            sl_buf_byte(b, 0);
        } else {
            sl_buf_text(b, fragment[r % (sizeof fragment / sizeof fragment[0])]);
        }
    }
    sl_buf_byte(b, 0);
    assert_false(b->failed);
    b->len--;
}

static bool is_boundary(const char *text, size_t len, size_t at)
{
    return at == len || ((unsigned char)text[at] & 0xc0) != 0x80;
}

static bool has_word(const char *text, size_t begin, size_t end, bool digits)
{
    while (begin < end) {
        uint32_t cp;
        enum sl_char_kind kind;
        begin += sl_utf8_next(text + begin, text + end, &cp);
        kind = sl_char_kind(cp);
        if (sl_char_in_word(kind) && (digits || kind != SL_CHAR_DIGIT)) {
            return true;
        }
    }
    return false;
}

#define HOLDS(text, len, condition)                                             \
    do {                                                                        \
        if (!(condition)) {                                                     \
            print_error("does not hold: %s\n", #condition);                     \
            for (size_t shown = 0; shown < (len); shown++) {                    \
                print_error("\\x%02x", (unsigned)(unsigned char)(text)[shown]); \
            }                                                                   \
            print_error("\n");                                                  \
            fail();                                                             \
        }                                                                       \
    } while (0)

static void tokens_hold(const char *text, size_t begin, size_t end, bool valid,
                        const struct slant_span *mask, size_t n_mask)
{
    struct sl_tokens it;
    struct sl_token t;
    size_t behind = begin;      /* the furthest end so far */
    size_t last_begin = begin;  /* of the last token */
    size_t hashtag_end = begin; /* of the last hashtag */
    size_t mentions = 0;
    sl_tokens_init(&it, text, begin, end, mask, n_mask);
    while (sl_tokens_next(&it, &t)) {
        bool part = t.end <= hashtag_end && t.begin > last_begin &&
                    (t.kind == SL_TOKEN_WORD || t.kind == SL_TOKEN_MENTION);
        HOLDS(text, end, t.begin < t.end && t.begin >= begin && t.end <= end);
        HOLDS(text, end, t.begin >= last_begin);
        HOLDS(text, end,
              part || t.begin >= behind || (t.kind == SL_TOKEN_MENTION && t.begin < hashtag_end));
        HOLDS(text, end,
              !valid || (is_boundary(text, end, t.begin) && is_boundary(text, end, t.end)));
        HOLDS(text, end, part || t.begin < behind || !has_word(text, behind, t.begin, true));
        if (t.kind == SL_TOKEN_MENTION) {
            HOLDS(text, end,
                  mentions < n_mask && t.begin == mask[mentions].begin &&
                      t.end == mask[mentions].end);
            mentions++;
        }
        hashtag_end = t.kind == SL_TOKEN_HASHTAG ? t.end : hashtag_end;
        last_begin = t.begin;
        behind = t.end > behind ? t.end : behind;
    }
    HOLDS(text, end, mentions == n_mask);
    HOLDS(text, end, !has_word(text, behind, end, true)); /* no letter is left out */
}

static void sentences_hold(const char *text, size_t len, bool valid)
{
    struct sl_sentences it;
    struct slant_span s;
    size_t behind = 0;
    sl_sentences_init(&it, text, len, &sl_language_english);
    while (sl_sentences_next(&it, &s)) {
        HOLDS(text, len, s.begin >= behind && s.begin < s.end && s.end <= len);
        HOLDS(text, len,
              !valid || (is_boundary(text, len, s.begin) && is_boundary(text, len, s.end)));
        HOLDS(text, len, has_word(text, s.begin, s.end, true));
        /* between sentences there are marks and the digits of bullets, but no letters */
        HOLDS(text, len, !has_word(text, behind, s.begin, false));
        tokens_hold(text, s.begin, s.end, valid, NULL, 0);
        behind = s.end;
    }
    HOLDS(text, len, !has_word(text, behind, len, false));
}

/* Masks anywhere, as from and to of the data may give them: between characters, apart, in order. */
static size_t random_masks(const char *text, size_t len, struct slant_span mask[8])
{
    size_t at = 0;
    size_t n = 0;
    while (n < 8 && at < len) {
        size_t chars = xorshift() % 6 + 1;
        size_t begin = at + sl_utf8_offset(text + at, len - at, xorshift() % 12);
        if (begin >= len) {
            break;
        }
        at = begin + sl_utf8_offset(text + begin, len - begin, chars);
        at = at < len ? at : len;
        mask[n++] = (struct slant_span){begin, at};
    }
    return n;
}

static void check_random_texts(uint64_t seed, bool broken)
{
    static const char *const alias[] = {"Acme", "Acme drone", "the", "Q&V", "#Tag", "5.2", "@vale"};
    struct slant_target target = {alias, sizeof alias / sizeof alias[0]};
    struct sl_buf b = {0};
    shift_state = seed;
    for (int i = in_sanitizer() ? 25000 : 0; i < 30000; i++) {
        struct sl_spans spans = {0};
        struct slant_span mask[8];
        size_t n_mask;
        char *exact;
        random_text(&b, broken);
        exact = malloc(b.len == 0 ? 1 : b.len); /* without room: a sanitizer sees each overrun */
        assert_non_null(exact);
        memcpy(exact, b.p, b.len);
        sentences_hold(exact, b.len, !broken);
        tokens_hold(exact, 0, b.len, !broken, NULL, 0);
        assert_int_equal(sl_mentions_find(exact, b.len, &target, &spans, NULL), SLANT_OK);
        tokens_hold(exact, 0, b.len, !broken, spans.p, spans.n);
        n_mask = random_masks(exact, b.len, mask);
        tokens_hold(exact, 0, b.len, !broken, mask, n_mask);
        free(spans.p);
        free(exact);
    }
    sl_buf_free(&b);
}

/* Catches: spans out of order, overlapping, empty, outside, cutting a character, losing letters. */
static void prop_text_valid(void **state)
{
    (void)state;
    check_random_texts(0x9e3779b97f4a7c15u, false);
}

/* Catches: the same for bytes that are not UTF-8, and reads behind the text's end. */
static void prop_text_broken(void **state)
{
    (void)state;
    check_random_texts(0xd1b54a32d192ed03u, true);
}

/* Catches: an answer that depends on the bytes behind the text. */
static void prop_text_does_not_look_behind(void **state)
{
    struct sl_buf text = {0};
    struct sl_buf alone = {0};
    struct sl_buf within = {0};
    (void)state;
    shift_state = 42;
    for (int i = 0; i < 5000; i++) {
        size_t len;
        random_text(&text, false);
        len = sl_utf8_floor(text.p, text.len == 0 ? 0 : xorshift() % text.len);
        within.len = 0;
        put_sentences(&within, text.p, len);
        put_tokens(&within, text.p, 0, len, NULL, 0, true);
        sl_buf_byte(&within, 0);
        memset(text.p + len, 0, text.len - len);
        alone.len = 0;
        put_sentences(&alone, text.p, len);
        put_tokens(&alone, text.p, 0, len, NULL, 0, true);
        sl_buf_byte(&alone, 0);
        assert_false(alone.failed || within.failed);
        assert_string_equal(within.p, alone.p);
    }
    sl_buf_free(&text);
    sl_buf_free(&alone);
    sl_buf_free(&within);
}

/* ---- linear time ---- */

static double read_all(const char *text, size_t len)
{
    static const char *const alias[] = {"a a a a a a a a a a a a a a a b", "Acme", "#a b"};
    struct slant_target target = {alias, 3};
    struct sl_spans spans = {0};
    struct sl_sentences it;
    struct slant_span s;
    double start = seconds();
    sl_sentences_init(&it, text, len, &sl_language_english);
    while (sl_sentences_next(&it, &s)) {
    }
    assert_int_equal(sl_mentions_find(text, len, &target, &spans, NULL), SLANT_OK);
    free(spans.p);
    return seconds() - start;
}

/* Catches: time that grows with the square of the text: a hostile megabyte would take minutes. */
static void linear_time(void **state)
{
    static const char *const unit[] = {"\"",   ".",        " ",
                                       "#",    "\n",       "'",
                                       ")",    "?",        "@",
                                       "a",    "A.",       ". ",
                                       ".) ",  "a. ",      "a\n",
                                       "a\r",  "#a",       "#A",
                                       "#_",   "a.a",      "a b ",
                                       "\" ",  "- ",       "1. ",
                                       "1,",   "&A",       "a' ",
                                       ":)",   "www.",     "\0",
                                       "Mr. ", "...",      ". \"\"\"",
                                       LDQ,    RDQ,        DOTS,
                                       "\xff", "\xcc\x81", "\xef\xbb\xbf",
                                       "<",    "a\n ",     "\r\n",
                                       ".\n"};
    size_t size = in_sanitizer() ? 1 << 18 : 1 << 20;
    char *text = malloc(size);
    (void)state;
    assert_non_null(text);
    for (size_t u = 0; u < sizeof unit / sizeof unit[0]; u++) {
        size_t n = unit[u][0] == 0 ? 1 : strlen(unit[u]);
        double took;
        for (size_t i = 0; i < size; i++) {
            text[i] = unit[u][i % n];
        }
        text[size - 1] = 'z'; /* so that the last word does not let everything be skipped */
        took = read_all(text, size);
        if (took > 10) {
            print_error("unit %zu: %d ms\n", u, (int)(took * 1000));
            fail();
        }
    }
    free(text);
}

/* Catches: a scan back to the line's start for every CR, in wrapped text that changes its line ends.
 */
static void linear_time_mixed_line_ends(void **state)
{
    static const char line[] = "the council of the small town met on monday to talk about it\n";
    enum { HEAD = 1 << 16, SIZE = HEAD + (1 << 17) };
    char *text = malloc(SIZE);
    double took;
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++) {
        text[i] = i < HEAD ? line[i % (sizeof line - 1)] : i % 2 == 0 ? 'a' : '\r';
    }
    took = read_all(text, SIZE);
    free(text);
    if (took > (in_sanitizer() ? 10 : 1)) {
        print_error("%d ms\n", (int)(took * 1000));
        fail();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_skip_alike),
        cmocka_unit_test(char_kinds),
        cmocka_unit_test(token_words),
        cmocka_unit_test(token_apostrophes),
        cmocka_unit_test(token_points),
        cmocka_unit_test(token_points_between_any_letters),
        cmocka_unit_test(token_commas),
        cmocka_unit_test(token_ampersands),
        cmocka_unit_test(token_hyphens),
        cmocka_unit_test(token_hashtags),
        cmocka_unit_test(token_users),
        cmocka_unit_test(token_addresses),
        cmocka_unit_test(token_marks),
        cmocka_unit_test(token_emoticons),
        cmocka_unit_test(token_heart_is_no_number),
        cmocka_unit_test(token_emoticon_before_multibyte),
        cmocka_unit_test(token_emoji),
        cmocka_unit_test(token_after_break),
        cmocka_unit_test(token_masks),
        cmocka_unit_test(token_masks_with_names),
        cmocka_unit_test(token_masks_are_clipped),
        cmocka_unit_test(token_mask_in_hashtag),
        cmocka_unit_test(token_mask_is_seen_by_no_other),
        cmocka_unit_test(sentence_stops),
        cmocka_unit_test(sentence_needs_a_word),
        cmocka_unit_test(sentence_abbreviations),
        cmocka_unit_test(sentence_abbreviation_behind_other_marks),
        cmocka_unit_test(sentence_initials),
        cmocka_unit_test(sentence_contractions),
        cmocka_unit_test(sentence_initials_that_are_words),
        cmocka_unit_test(sentence_abbreviation_in_brackets),
        cmocka_unit_test(sentence_numbers),
        cmocka_unit_test(sentence_ellipses),
        cmocka_unit_test(sentence_spaced_ellipsis),
        cmocka_unit_test(sentence_closers),
        cmocka_unit_test(sentence_question_then_verb),
        cmocka_unit_test(sentence_headlines),
        cmocka_unit_test(sentence_bullets),
        cmocka_unit_test(sentence_wrapped_text),
        cmocka_unit_test(sentence_wrapped_text_with_headings),
        cmocka_unit_test(sentence_wrapped_text_blank_line),
        cmocka_unit_test(sentence_wrapped_text_late_start),
        cmocka_unit_test(sentence_line_per_paragraph),
        cmocka_unit_test(sentence_crlf),
        cmocka_unit_test(sentence_nul_bytes),
        cmocka_unit_test(sentence_invalid_utf8),
        cmocka_unit_test(sentence_byte_order_mark),
        cmocka_unit_test(language_lists_are_sorted),
        cmocka_unit_test(language_list_takes_whole_words),
        cmocka_unit_test(fold_unites_spellings),
        cmocka_unit_test(fold_is_bounded),
        cmocka_unit_test(mention_whole_words_any_case),
        cmocka_unit_test(mention_possessives),
        cmocka_unit_test(mention_longest_wins),
        cmocka_unit_test(mention_multiword_and_hyphen),
        cmocka_unit_test(mention_ampersand_any_case),
        cmocka_unit_test(mention_in_hashtag),
        cmocka_unit_test(mention_bad_targets),
        cmocka_unit_test(mention_of_marks_is_refused),
        cmocka_unit_test(mention_appends),
        cmocka_unit_test(prop_text_valid),
        cmocka_unit_test(prop_text_broken),
        cmocka_unit_test(prop_text_does_not_look_behind),
        cmocka_unit_test(linear_time),
        cmocka_unit_test(linear_time_mixed_line_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
