namespace VoiceOrdering.Realtime.OpenAi;

/// <summary>One message ready for the wire.</summary>
/// <param name="Buffer">UTF-8 text, from the shared pool when <paramref name="AudioBytes"/> is above 0.</param>
/// <param name="Length">Bytes used.</param>
/// <param name="AudioBytes">Raw audio bytes inside; 0 for everything else.</param>
internal readonly record struct Outgoing(byte[] Buffer, int Length, int AudioBytes);
