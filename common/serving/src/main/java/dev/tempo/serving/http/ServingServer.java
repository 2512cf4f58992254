package dev.tempo.serving.http;

import dev.tempo.contract.UserException;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.learning.ChatQuestions;
import dev.tempo.serving.version.RememberedVersions;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.UnusableVersionException;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionDesk;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenAI endpoint at work, from {@link #start} until it is closed. Thread-safe. */
public final class ServingServer implements AutoCloseable {
    private static final int THREADS = 2;
    /** A connection that neither sends nor takes anything for so long is closed, unless its request is being answered. */
    private static final int IDLE_SECONDS = 60;

    private static final int CONNECTIONS_WAITING = 256;
    private static final int STOP_SECONDS = 2;
    /** Connections beyond the most that are told so; further ones are closed without a word. */
    private static final int CONNECTIONS_REFUSED = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ServingServer.class);

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("tempo-serving", true), NioIoHandler.newFactory());
    private final ScheduledExecutorService preparing =
            Executors.newScheduledThreadPool(THREADS, new DefaultThreadFactory("tempo-serving-prompts", true));
    private final AtomicInteger connections = new AtomicInteger();
    private final RememberedVersions catalog;
    private final VersionDesk desk;
    private final @Nullable ChatQuestions learning;
    private final Channel listening;
    private boolean unlisted;

    private ServingServer(
            ServingSettings settings, VersionCatalog catalog, MeterRegistry registry, @Nullable Supplier<String> page) {
        this.catalog = new RememberedVersions(catalog);
        desk = new VersionDesk(this.catalog, settings.versions(), settings.limits(), settings.type());
        learning = settings.learning() == null ? null : new ChatQuestions(settings.learning(), registry);
        CallerLimits limits = new CallerLimits(settings.open(), settings.requestsPerMinute());
        Endpoint endpoint = new Endpoint(
                settings,
                this.catalog,
                desk,
                new ApiKeys(settings.keys()),
                limits,
                new ServingMeters(registry, limits, desk),
                preparing,
                page,
                learning);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, CONNECTIONS_WAITING)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, endpoint);
                    }
                })
                .bind(new InetSocketAddress(settings.address(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new UserException("port " + settings.port() + " of " + settings.address() + " cannot be listened on: "
                    + bound.cause().getMessage());
        }
        listening = bound.channel();
        preparing.scheduleWithFixedDelay(this::refresh, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts to listen. Versions are loaded when they are asked for.
     *
     * @param meters where what happens is counted
     * @throws UserException if the port is taken
     */
    public static ServingServer start(ServingSettings settings, VersionCatalog catalog, MeterRegistry meters) {
        return new ServingServer(settings, catalog, meters, null);
    }

    /**
     * Starts to listen, and shows its meters at {@code /metrics}. Versions are loaded when they are asked for.
     *
     * @param meters where what happens is counted
     * @param page of the meters, in the format of Prometheus
     * @throws UserException if the port is taken
     */
    public static ServingServer start(
            ServingSettings settings, VersionCatalog catalog, MeterRegistry meters, Supplier<String> page) {
        return new ServingServer(settings, catalog, meters, page);
    }

    private void accept(SocketChannel channel, Endpoint endpoint) {
        int most = endpoint.settings().connections();
        int now = connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (now > most + CONNECTIONS_REFUSED) {
            channel.close();
            return;
        }
        RequestHandler requests = new RequestHandler(endpoint);
        channel.pipeline()
                .addLast(new IdleStateHandler(true, 0, 0, IDLE_SECONDS, TimeUnit.SECONDS))
                .addLast(new HttpServerCodec())
                .addLast(new HeadCheck(endpoint, requests, now > most))
                .addLast(new BodyLimit(endpoint))
                .addLast(requests);
    }

    /** Looks for versions that there are since, and tries again what could not be loaded. What fails now may succeed the next time. */
    private void refresh() {
        try {
            catalog.refresh();
            desk.refresh();
            unlisted = false;
        } catch (RuntimeException unreadable) {
            if (!unlisted) {
                LOG.atWarn()
                        .addKeyValue("reason", unreadable.getMessage())
                        .log("the versions cannot be listed; those that were known are served on");
            }
            unlisted = true;
        }
    }

    /** The version that answers under the plain name now; empty while none is in memory. */
    public Optional<String> answering() {
        return desk.answering().map(ServedVersion::id);
    }

    /** The version that is to answer under the plain name, in memory or not; empty while there is none. */
    public Optional<String> served() {
        return catalog.listing().served().map(ServedVersion::id);
    }

    /** The versions that could not be loaded when they were last tried, with the reasons. */
    public Map<String, String> refused() {
        return desk.refused();
    }

    /** Why questions of chats are not handed over now; empty where they are, or nobody may learn from them. */
    public Optional<String> learningProblem() {
        return learning == null ? Optional.empty() : learning.problem();
    }

    /** What has become of the questions of chats, by the word for it; empty where nobody may learn from them. */
    public Map<String, Long> learned() {
        return learning == null ? Map.of() : learning.counts();
    }

    /**
     * Loads the version that answers under the plain name, before anybody asks for it.
     *
     * @throws dev.tempo.model.ModelFormatException if its files are missing or damaged
     */
    public void load() {
        try {
            desk.lend(catalog.listing().name()).join().close();
        } catch (CompletionException wrapped) {
            Throwable reason = wrapped.getCause();
            if (reason instanceof UnusableVersionException && reason.getCause() instanceof UserException said) {
                throw said;
            }
            throw wrapped;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Stops to listen and gives up the answers that are being written. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        stop();
    }

    private void stop() {
        if (learning != null) {
            learning.close();
        }
        // Tokenizers are freed last: who still reads or writes a text uses them.
        loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        preparing.shutdownNow();
        try {
            preparing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        desk.close();
    }
}
