package io.github.hybridinference.model;

import java.util.Arrays;
import java.util.Objects;

/** Features with their levels, in the order of the wire. Filled by one builder, then left alone. */
final class Levels {
    private Feature[] features;
    private int[] levels;
    private int size;

    /** Room for that many, at least one; {@link #insert} makes more. */
    Levels(int room) {
        features = new Feature[room];
        levels = new int[room];
    }

    int size() {
        return size;
    }

    Feature feature(int index) {
        return features[Objects.checkIndex(index, size)];
    }

    int level(int index) {
        return levels[Objects.checkIndex(index, size)];
    }

    Grid grid(int index, Resolution resolution, int market) {
        return feature(index).grid(resolution, market);
    }

    /** The place of the feature, or a negative number. */
    int indexOf(Feature feature) {
        return search(feature.order());
    }

    /** Adds one that comes after all that are there, for which there is room. */
    void append(Feature feature, int level) {
        features[size] = feature;
        levels[size++] = level;
    }

    void append(Levels from, int index) {
        append(from.features[index], from.levels[index]);
    }

    /** Keeps the order of the wire; false if the feature is there already. */
    boolean insert(Feature feature, int level) {
        long order = feature.order();
        int at = size;
        if (size > 0 && features[size - 1].order() >= order) { // most come in order
            at = -1 - search(order);
            if (at < 0) {
                return false;
            }
        }
        if (size == features.length) {
            features = Arrays.copyOf(features, 2 * size);
            levels = Arrays.copyOf(levels, 2 * size);
        }
        if (at < size) {
            System.arraycopy(features, at, features, at + 1, size - at);
            System.arraycopy(levels, at, levels, at + 1, size - at);
        }
        features[at] = feature;
        levels[at] = level;
        size++;
        return true;
    }

    /** The place of that order, or -1 less the place it would have. */
    private int search(long order) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = features[middle].order();
            if (found == order) {
                return middle;
            }
            if (found < order) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Where a step is finer than the catalogue's, so is the key: a level of other steps is another figure. */
    void mixInto(KeyMixer mixer, Resolution resolution, int market) {
        for (int i = 0; i < size; i++) {
            long parts = features[i].grid(resolution, market).parts();
            mixer.mix(features[i].order(), levels[i] ^ (parts - 1) << Integer.SIZE);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Levels that
                && Arrays.equals(features, 0, size, that.features, 0, that.size)
                && Arrays.equals(levels, 0, size, that.levels, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + features[i].hashCode()) + levels[i];
        }
        return hash;
    }
}
