package dev.confab.netty.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class ClientAddressTest {

    private static ClientAddress of(String address) throws UnknownHostException {
        return ClientAddress.of(new InetSocketAddress(InetAddress.getByName(address), 1));
    }

    @Test
    void eachIpv4AddressCountsForItself() throws UnknownHostException {
        assertThat(of("192.0.2.1")).isEqualTo(of("192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
        assertThat(of("::ffff:192.0.2.1")).isEqualTo(of("192.0.2.1"));
    }

    @Test
    void anIpv6NetworkCountsAsOne() throws UnknownHostException {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:db8:1:2:ffff::9")).isNotEqualTo(of("2001:db8:1:3::1"));
        assertThat(of("::1")).isNotEqualTo(of("0.0.0.1"));
    }

    @Test
    void whatHasNoAddressIsOne() {
        assertThat(ClientAddress.of(null)).isEqualTo(ClientAddress.of(InetSocketAddress.createUnresolved("x", 1)));
    }
}
