package dev.confab.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.SafeEncoder;

/** A script that runs inside Redis, named by the digest of its text. Safe on any thread. */
final class LuaScript {

    private final String text;
    private final String digest;

    private LuaScript(String text) {
        this.text = text;
        try {
            // That is how EVALSHA names scripts; nothing is to be kept secret or safe by it.
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            this.digest = HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-1", e);
        }
    }

    /** Reads a script that lies beside this class. */
    static LuaScript named(String name) {
        try (InputStream in = LuaScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing");
            }
            return new LuaScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it. The answer is made of lists, strings and {@code Long}s. */
    Object run(Connection connection, List<String> arguments) {
        try {
            return decode(connection.executeCommand(call(arguments)));
        } catch (JedisNoScriptException e) {
            return decode(connection.executeCommand(with(new CommandArguments(Command.EVAL).add(text), arguments)));
        }
    }

    /** The command that runs it, where {@link #load()} came before. */
    CommandArguments call(List<String> arguments) {
        return with(new CommandArguments(Command.EVALSHA).add(digest), arguments);
    }

    /** The command that makes it known to Redis. */
    CommandArguments load() {
        return new CommandArguments(Command.SCRIPT).add("LOAD").add(text);
    }

    /** An answer of {@link #call} as {@link #run} gives it. */
    static Object decode(Object answer) {
        return SafeEncoder.encodeObject(answer);
    }

    private static CommandArguments with(CommandArguments command, List<String> arguments) {
        command.add(0);
        arguments.forEach(command::add);
        return command;
    }
}
