"""scikit-learn as a peer: usage: peers.py train|predict hashing|tfidf MODEL FILE"""
import pickle
import sys

from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.svm import LinearSVC


def read_rows(path):
    texts, labels = [], ([], [])
    with open(path, encoding="utf-8") as f:
        names = next(f).rstrip("\n").split("\t")
        for line in f:
            row = dict(zip(names, line.rstrip("\n").split("\t")))
            texts.append(row["text"])
            labels[0].append(row["stance"])
            labels[1].append(row["sentiment"])
    return texts, labels


def main():
    what, kind, model, path = sys.argv[1:]
    if what == "train":
        texts, labels = read_rows(path)
        if kind == "hashing":
            vectorizer = HashingVectorizer(ngram_range=(1, 3), n_features=1 << 20)
        else:
            vectorizer = TfidfVectorizer(ngram_range=(1, 3))
        x = vectorizer.fit_transform(texts)
        with open(model, "wb") as f:
            pickle.dump((vectorizer, [LinearSVC(C=0.1).fit(x, y) for y in labels]), f)
        return
    with open(model, "rb") as f:
        vectorizer, machines = pickle.load(f)
    with open(path, encoding="utf-8") as f:
        lines = f.readlines()
    for i in range(0, len(lines), 20000):
        x = vectorizer.transform(lines[i : i + 20000])
        for a, b in zip(*(m.predict(x) for m in machines)):
            print(a, b)


main()
