package io.github.hybridinference.model;

/**
 * Sees the figures of a snapshot one by one.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FigureVisitor {
    /**
     * Sees one figure.
     *
     * @param feature what it is
     * @param value how much, in the unit of its family
     */
    void visit(Feature feature, double value);
}
