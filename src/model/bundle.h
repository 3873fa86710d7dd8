/** The model file, version 6.
 *
 *  All numbers little-endian; strings are a 32-bit length and UTF-8 without NUL.
 *
 *    0  8  magic 89 53 4c 4e 54 0d 0a 1a: what copies text damages
 *    8  2  major version: another one is refused
 *   10  2  minor version: a later one may add sections
 *   12  4  number of sections
 *   16  8  length of the file
 *   24  8  XXH3-64 of bytes 32 to the end, seeded with the XXH3-64 of bytes 0 to 23
 *   32     table of sections: tag (4 letters), flags (1: a reader must know it), offset, length;
 *          in file order, offsets 64-aligned, gaps zero
 *
 *  NAME  name; language; 64-bit hash of a list of stems: another libstemmer is refused
 *  META  JSON object for people and `inspect`; scoring does not read it
 *  HEAD  count; per head: name, subject, labels (count, strings); slope; per label shift, bias,
 *        prior
 *  BLOK  number of blocks; per block: scale, 1 if it is used        in the order of enum sl_block
 *  WORD  count; starts[count + 1]; bytes                     sorted, distinct
 *  PAIR  numbers of bigrams and of trigrams; bits of a pair, of a word; number of buckets; zeros to byte
 *        64; tags: see feat/pairs.h
 *  CHAR  count; starts[count + 1]; bytes                     sorted, distinct
 *  LIST  per list block: count; words, bigrams, trigrams     ascending
 *  LEXI  number of classes; their names, of 24 bytes each; count; starts[count + 1]; strengths; roles;
 *        classes; bytes                                      sorted, distinct; see feat/lexicon.h
 *  VECT  count; starts[count + 1]; bytes                     words with a vector: sorted, distinct
 *  UNIT  per block: units of each column's weights, and of squared idf (of vectors' features: a(word))
 *  ROWS  per feature: a weight for each column, squared idf or a(word) in two cells (positive; of a free
 *        slot 0), zeros up to a multiple of eight; cells of 8 bits in those units: see model/cell.h
 *  WGRM  bits of a bucket's number; zeros to byte 64; buckets of words: see feat/lookup.h
 *  CGRM  the same of short character n-grams
 *  LGRM  the same of the lexicon's entries
 *  OWNS  count of heads; per head: slope, per label shift: of what the target's own people say
 *  NAMW  empty: the target's own words are features too
 *  SEEN  count; upper halves of the XXH3-64 of each text learned from     ascending, distinct
 *
 *  OWNS, NAMW and SEEN may be missing, the others not.
 *
 *  Opening checks, in this order: length, magic, version, table, checksum, contents. Scoring then
 *  needs no checks, and what was read is used as it stands: opening costs one pass. A checksum is not a signature: a well-formed hostile model can give wrong
 *  verdicts, and nothing else. */
#ifndef SL_MODEL_BUNDLE_H
#define SL_MODEL_BUNDLE_H

#define SL_BUNDLE_MAGIC "\x89SLNT\r\n\x1a"
#define SL_BUNDLE_MAJOR 6
#define SL_BUNDLE_MINOR 0
#define SL_BUNDLE_ALIGN 64
#define SL_BUNDLE_HEADER 32
#define SL_BUNDLE_ENTRY 24
#define SL_BUNDLE_MAX_SECTION 64

enum sl_section {
    SL_SECTION_NAME,
    SL_SECTION_META,
    SL_SECTION_HEAD,
    SL_SECTION_BLOK,
    SL_SECTION_WORD,
    SL_SECTION_PAIR,
    SL_SECTION_CHAR,
    SL_SECTION_LIST,
    SL_SECTION_LEXI,
    SL_SECTION_VECT,
    SL_SECTION_UNIT,
    SL_SECTION_ROWS,
    SL_SECTION_WGRM,
    SL_SECTION_CGRM,
    SL_SECTION_LGRM,
    SL_SECTION_OWNS,
    SL_SECTION_NAMW,
    SL_SECTION_SEEN,
    SL_N_SECTION,
    SL_FIRST_OPTIONAL = SL_SECTION_OWNS
};

static const char sl_section_tag[SL_N_SECTION][5] = {
    "NAME", "META", "HEAD", "BLOK", "WORD", "PAIR", "CHAR", "LIST", "LEXI",
    "VECT", "UNIT", "ROWS", "WGRM", "CGRM", "LGRM", "OWNS", "NAMW", "SEEN"};

#endif
