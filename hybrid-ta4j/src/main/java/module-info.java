/** Snapshots for an engine from bar series of ta4j. */
module io.github.hybridinference.ta4j {
    exports io.github.hybridinference.ta4j;

    requires transitive io.github.hybridinference.core;
    requires transitive ta4j.core;
    requires static transitive org.jspecify;
}
