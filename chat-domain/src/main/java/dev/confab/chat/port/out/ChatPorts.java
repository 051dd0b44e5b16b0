package dev.confab.chat.port.out;

/** One adapter for each outbound port: all that chat needs from the outside. Who makes them closes them. */
public record ChatPorts(
        MessageLog messageLog,
        EventBus eventBus,
        RoomStore rooms,
        UserStore users,
        LoginStore logins,
        ReadMarkers readMarkers,
        NotificationStore notifications,
        MessageSearch messageSearch,
        Presence presence,
        Signals signals,
        Revocations revocations,
        AccessTokens accessTokens,
        PasswordHasher passwordHasher,
        ContentPolicy contentPolicy) {}
