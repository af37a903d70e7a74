package io.github.hybridinference.eval;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** The first bars of a series; the later ones cannot be reached through it. */
final class PastBars extends AbstractList<Bar> implements RandomAccess {
    private final List<Bar> all;
    private final int size;

    PastBars(List<Bar> all, int size) {
        this.all = all;
        this.size = size;
    }

    @Override
    public Bar get(int index) {
        return all.get(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
