package io.github.hybridinference.deepseek;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** An {@link SSLContext} that the owner of the model made, with its protocols and cipher suites, and the check of names. */
final class OwnersTls extends DelegatingSslContext {
    private OwnersTls(SSLContext context) {
        super(new JdkSslContext(
                context,
                true,
                Arrays.asList(context.getDefaultSSLParameters().getCipherSuites()),
                IdentityCipherSuiteFilter.INSTANCE,
                null,
                ClientAuth.NONE,
                context.getDefaultSSLParameters().getProtocols(),
                false));
    }

    /** As its base type, so that a caller is verified without Netty's classes, of which one may be absent. */
    static SslContext of(SSLContext context) {
        return new OwnersTls(context);
    }

    @Override
    protected void initEngine(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
    }
}
