/** Meters and observations of an engine through Micrometer. */
module io.github.hybridinference.micrometer {
    exports io.github.hybridinference.micrometer;

    requires transitive io.github.hybridinference.core;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires micrometer.commons;
    requires static transitive org.jspecify;
}
