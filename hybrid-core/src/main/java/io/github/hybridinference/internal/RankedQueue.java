package io.github.hybridinference.internal;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A queue in the order of a comparator that also tells how many elements come before a given one. Every operation takes
 * O(log n) steps, where {@link java.util.PriorityQueue} takes O(n) to count or to remove.
 *
 * <p>A treap: a search tree by the comparator, and a heap by pseudo-random numbers, so that it is balanced whatever the order
 * of arrival; each node knows the size of its subtree. No two elements may compare as equal. Not thread-safe.
 *
 * @param <E> the elements
 * @since 0.1.0
 */
public final class RankedQueue<E> {
    private final Comparator<? super E> order;
    private @Nullable Node<E> root;

    /** The state of a pseudo-random sequence (Marsaglia's xorshift), which balances the tree and decides nothing else. */
    private long random = 0x9E3779B97F4A7C15L;

    /**
     * Makes an empty queue.
     *
     * @param order of the elements
     */
    public RankedQueue(Comparator<? super E> order) {
        this.order = order;
    }

    private static final class Node<E> {
        private final E element;
        private final long heat;
        private int size = 1;
        private @Nullable Node<E> before;
        private @Nullable Node<E> after;

        Node(E element, long heat) {
            this.element = element;
            this.heat = heat;
        }

        Node<E> counted() {
            size = 1 + sizeOf(before) + sizeOf(after);
            return this;
        }
    }

    /**
     * Returns how many elements are in the queue.
     *
     * @return the number
     */
    public int size() {
        return sizeOf(root);
    }

    /**
     * Adds an element.
     *
     * @param element one that compares as equal to none in the queue
     */
    public void add(E element) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        root = added(root, new Node<>(element, random));
    }

    /**
     * Removes an element; nothing happens if it is not in the queue.
     *
     * @param element the element
     */
    public void remove(E element) {
        root = removed(root, element);
    }

    /**
     * Removes the first element.
     *
     * @return it, or null if the queue is empty
     */
    public @Nullable E poll() {
        Node<E> first = root;
        if (first == null) {
            return null;
        }
        while (first.before != null) {
            first = first.before;
        }
        root = removed(root, first.element);
        return first.element;
    }

    /**
     * Counts the elements of the queue that come before another.
     *
     * @param element which need not be in the queue
     * @return how many
     */
    public int countBefore(E element) {
        int count = 0;
        Node<E> node = root;
        while (node != null) {
            if (order.compare(node.element, element) < 0) {
                count += 1 + sizeOf(node.before);
                node = node.after;
            } else {
                node = node.before;
            }
        }
        return count;
    }

    private static int sizeOf(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private Node<E> added(@Nullable Node<E> tree, Node<E> fresh) {
        if (tree == null) {
            return fresh;
        }
        if (fresh.heat > tree.heat) {
            split(tree, fresh);
            return fresh.counted();
        }
        if (order.compare(fresh.element, tree.element) < 0) {
            tree.before = added(tree.before, fresh);
        } else {
            tree.after = added(tree.after, fresh);
        }
        return tree.counted();
    }

    /** Divides a tree into what comes before the pivot and what comes after it, and hangs both below the pivot. */
    private void split(@Nullable Node<E> tree, Node<E> pivot) {
        if (tree == null) {
            pivot.before = null;
            pivot.after = null;
        } else if (order.compare(tree.element, pivot.element) < 0) {
            split(tree.after, pivot);
            tree.after = pivot.before;
            pivot.before = tree.counted();
        } else {
            split(tree.before, pivot);
            tree.before = pivot.after;
            pivot.after = tree.counted();
        }
    }

    private @Nullable Node<E> removed(@Nullable Node<E> tree, E element) {
        if (tree == null) {
            return null;
        }
        int side = order.compare(element, tree.element);
        if (side == 0) {
            return joined(tree.before, tree.after);
        }
        if (side < 0) {
            tree.before = removed(tree.before, element);
        } else {
            tree.after = removed(tree.after, element);
        }
        return tree.counted();
    }

    private @Nullable Node<E> joined(@Nullable Node<E> first, @Nullable Node<E> second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        if (first.heat > second.heat) {
            first.after = joined(first.after, second);
            return first.counted();
        }
        second.before = joined(first, second.before);
        return second.counted();
    }
}
