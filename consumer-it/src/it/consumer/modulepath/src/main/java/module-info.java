/** A modular user. */
module consumer {
    requires io.github.hybridinference.core;
    requires io.github.hybridinference.deepseek;
    requires io.github.hybridinference.redis;
}
