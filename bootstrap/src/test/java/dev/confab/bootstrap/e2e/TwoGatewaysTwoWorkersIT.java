package dev.confab.bootstrap.e2e;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Each role in processes of its own, two of each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoGatewaysTwoWorkersIT
        implements MainFlowContract,
                ChangeFlowContract,
                ModerationFlowContract,
                SearchFlowContract,
                SignalFlowContract {

    private final Installation installation = new Installation();
    private final RestClient rest = new RestClient();
    private List<URI> gateways = List.of();

    @BeforeAll
    void start() throws IOException {
        gateways = Installation.urls(installation.start(2, "gateway"));
        installation.start(2, "worker");
    }

    @AfterAll
    void stop() {
        installation.close();
    }

    @Override
    public List<URI> gateways() {
        return gateways;
    }

    @Override
    public RestClient rest() {
        return rest;
    }

    @Override
    public List<RestClient.Account> people(int count) {
        return installation.people(count);
    }
}
