package dev.tempo.serving.http;

import dev.tempo.contract.UserException;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionDesk;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An OpenAI endpoint at work, from {@link #start} until it is closed. Thread-safe. */
public final class ServingServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int IDLE_SECONDS = 60;
    private static final int CONNECTIONS_WAITING = 256;
    private static final int STOP_SECONDS = 2;

    private final MultiThreadIoEventLoopGroup connections = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("tempo-serving", true), NioIoHandler.newFactory());
    private final ScheduledExecutorService preparing =
            Executors.newScheduledThreadPool(THREADS, new DefaultThreadFactory("tempo-serving-prompts", true));
    private final VersionDesk desk;
    private final Channel listening;

    private ServingServer(ServingSettings settings, VersionCatalog catalog) {
        desk = new VersionDesk(catalog, settings.versions(), settings.limits(), settings.type());
        Endpoint endpoint = new Endpoint(
                settings,
                catalog,
                desk,
                new ApiKeys(settings.keys()),
                new CallerLimits(settings.open(), settings.requestsPerMinute()),
                preparing);
        ChannelFuture bound = new ServerBootstrap()
                .group(connections)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, CONNECTIONS_WAITING)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0))
                                .addLast(new HttpServerCodec())
                                .addLast(new BodyLimit(settings.bodyBytes()))
                                .addLast(new RequestHandler(endpoint));
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
        preparing.scheduleWithFixedDelay(desk::refresh, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Starts to listen. Versions are loaded when they are asked for.
     *
     * @throws UserException if the port is taken
     */
    public static ServingServer start(ServingSettings settings, VersionCatalog catalog) {
        return new ServingServer(settings, catalog);
    }

    /**
     * Loads the version that answers under the plain name, before anybody asks for it.
     *
     * @throws dev.tempo.model.ModelFormatException if its files are missing or damaged
     */
    public void load(VersionCatalog catalog) {
        try {
            desk.lend(catalog.name()).join().close();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof UserException said) {
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
        // Tokenizers are freed last: who still reads or writes a text uses them.
        connections.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        preparing.shutdownNow();
        try {
            preparing.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        desk.close();
    }
}
