import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** Speaks MongoDB's protocol on 127.0.0.1 and keeps everything in memory: what it held is gone when it ends. */
public final class Main {
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
        try {
            server.bind("127.0.0.1", port);
        } catch (Exception error) {
            System.err.println("cannot listen on 127.0.0.1:" + port + ": " + error.getMessage());
            server.shutdownNow();
            System.exit(1);
        }
        System.out.println("mongo-java-server 1.47.0, in memory only, on 127.0.0.1:" + port);
    }
}
