package dev.confab.netty.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Who counts as one address: an IPv4 address, or the /64 network of an IPv6 address, which is what one subscriber has
 * (RFC 6177 section 2) and could otherwise walk through.
 *
 * @param version 4, 6, or 0 for connections that have no address
 * @param network the 32 bits of IPv4, the upper 64 of IPv6
 */
public record ClientAddress(int version, long network) {

    private static final ClientAddress NONE = new ClientAddress(0, 0);

    /** The address at the other end of a socket. */
    public static ClientAddress of(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return NONE;
        }
        InetAddress address = inet.getAddress();
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new ClientAddress(6, bytes.getLong())
                : new ClientAddress(4, Integer.toUnsignedLong(bytes.getInt()));
    }

    /** A short form without spaces. */
    String text() {
        return "v" + version + "-" + Long.toHexString(network);
    }
}
