namespace OrleansEmbedded.Serialization;

/// <summary>Stub.</summary>
internal static class Isolation<T>
{
    public static bool IsShared => true;

    public static T Copy(T value) => value;
}
internal static class ValueWriter
{
    public static byte[] ToArray<T>(T value) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(value);
}
internal static class ValueReader
{
    public static T Read<T>(ReadOnlySpan<byte> value) => System.Text.Json.JsonSerializer.Deserialize<T>(value)!;
}
internal static class TypeShapes
{
    public static bool IsSupported(Type type) => true;
}
