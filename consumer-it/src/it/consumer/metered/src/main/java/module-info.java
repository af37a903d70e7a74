/** A modular user who measures. */
module metered {
    requires io.github.hybridinference.micrometer;
}
