package io.github.hybridinference.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.client.OpenAIClient;
import com.openai.core.ObjectMappers;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.ModelListParams;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ChatCall;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.ChatFunction;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.ConnectionFailures;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.remote.UnreadableBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** One chat completion by openai-java. Its exceptions are not passed on: they carry the service's body and its tokens. */
final class Completions implements ChatFunction {
    /** The longest body that is read, as in hybrid-deepseek. */
    private static final int BODY_LIMIT = 256 * 1024;

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

    /** What fails before a byte of the request is written. */
    private static final List<Class<? extends IOException>> BEFORE_SENDING = List.of(
            ConnectException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            SSLHandshakeException.class,
            SSLPeerUnverifiedException.class);

    private final OpenAIClient client;
    private final ChatSettings settings;
    private final @Nullable EgressLog log;
    private final String recipient;

    Completions(OpenAIClient client, ChatSettings settings, @Nullable EgressLog log, String recipient) {
        this.client = client;
        this.settings = settings;
        this.log = log;
        this.recipient = recipient;
    }

    @Override
    public ChatReply reply(ChatCall call) throws IOException {
        ChatCompletionCreateParams params = ParamsFactory.make(settings, call.user());
        if (log != null) {
            log.record(settings.clock().instant(), recipient, call.decisionId(), bytesOf(params));
        }
        Duration left = call.deadline().remaining();
        if (left.isZero()) {
            throw RemoteException.beforeSending(Reason.TIMEOUT); // zero would mean no limit to the client
        }
        RequestOptions options = RequestOptions.builder().timeout(left).build();
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(params, options)) {
            return read(response);
        } catch (OpenAIServiceException status) {
            // the client reads the body of an error first, and gives it up at the deadline
            throw call.deadline().isExpired() ? new RemoteException(Reason.TIMEOUT) : failure(status);
        } catch (OpenAIException | IOException broken) {
            if (call.deadline().isExpired()) {
                throw new RemoteException(Reason.TIMEOUT);
            }
            RemoteException failure = isBeforeSending(broken)
                    ? RemoteException.beforeSending(Reason.UNAVAILABLE)
                    : new RemoteException(Reason.UNAVAILABLE);
            throw ConnectionFailures.causeOf(broken).map(failure::because).orElse(failure);
        }
    }

    private RemoteException failure(OpenAIServiceException status) {
        byte[] body = String.valueOf(status.body()).getBytes(StandardCharsets.UTF_8);
        return HttpFailures.of(
                status.statusCode(), header(status.headers()::values), body, body.length, settings.clock());
    }

    private ChatReply read(HttpResponseFor<ChatCompletion> response) throws IOException {
        int status = response.statusCode();
        Function<String, @Nullable String> headers = header(response.headers()::values);
        if (status < 200 || status > 299) {
            throw HttpFailures.of(status, headers, settings.clock());
        }
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(BODY_LIMIT + 1);
        }
        if (body.length > BODY_LIMIT) {
            throw RemoteException.badReply(ReplyProblem.TOO_LARGE, ChatCosts.UNSEEN);
        }
        if (isBlank(body)) {
            throw RemoteException.badReply(ReplyProblem.BLANK, ChatCosts.UNSEEN);
        }
        ChatCompletion completion;
        try {
            completion = ObjectMappers.jsonMapper().readValue(body, ChatCompletion.class);
        } catch (JsonProcessingException echoesTheBody) {
            throw UnreadableBody.of(body, body.length);
        }
        if (completion == null) { // a body that says null
            throw UnreadableBody.of(body, body.length);
        }
        Optional<ChatReply> reply = CompletionReader.read(completion);
        if (reply.isEmpty() && CompletionReader.hasError(completion)) {
            throw HttpFailures.ofReported(CompletionReader.errorCode(completion), headers, settings.clock());
        }
        return reply.orElseThrow(() -> RemoteException.badReply(ReplyProblem.BLANK, usage(completion)));
    }

    private Usage usage(ChatCompletion completion) {
        ChatCosts costs = settings.costs();
        return costs.usage(CompletionReader.countsOf(completion), costs.nameOf(CompletionReader.modelOf(completion)));
    }

    /** Asks for the list of models, which is free of charge, and ignores the response. */
    void listModels() {
        RequestOptions options =
                RequestOptions.builder().timeout(LONGEST_WARM_UP).build();
        try (HttpResponse response = client.models().withRawResponse().list(ModelListParams.none(), options)) {
            response.statusCode();
        } catch (OpenAIException downOrSlow) {
            return; // which the first call will report
        }
    }

    static byte[] bytesOf(ChatCompletionCreateParams params) throws JsonProcessingException {
        return ObjectMappers.jsonMapper().writeValueAsBytes(params._body());
    }

    private static Function<String, @Nullable String> header(Function<String, List<String>> values) {
        return name -> values.apply(name).stream().findFirst().orElse(null);
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each > ' ' || each < 0) {
                return false;
            }
        }
        return true;
    }

    /** The transport may have tried more than once; what failed before is among the suppressed. */
    private static boolean isBeforeSending(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && !isUnsent(root)) {
            root = root.getCause();
        }
        return isUnsent(root) && Arrays.stream(root.getSuppressed()).allMatch(Completions::isUnsent);
    }

    private static boolean isUnsent(Throwable thrown) {
        return BEFORE_SENDING.stream().anyMatch(type -> type.isInstance(thrown));
    }
}
