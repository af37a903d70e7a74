/** DeepSeek, and every endpoint that speaks the same protocol, as a remote model. */
module io.github.hybridinference.deepseek {
    requires com.fasterxml.jackson.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.transport;
    requires org.slf4j;
    requires transitive io.github.hybridinference.core;
    requires static transitive org.jspecify;

    exports io.github.hybridinference.deepseek;
}
