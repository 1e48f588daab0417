using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace VoiceOrdering.Realtime.Simulator.Ear;

/// <summary>Keeps trained models on disk, named by a hash of everything they depend on; a file that cannot be read counts as absent.</summary>
internal static class EarModelFile
{
    /// <summary>Goes up with every change of features, training or grammar sampling.</summary>
    public const int CodeVersion = 1;

    private const uint Magic = 0x4D524145;
    private const int MaxArrayLength = 20_000_000;

    /// <summary>Hash of grammar, settings that matter, code and synthesizer version.</summary>
    public static string Key(Grammar grammar, EarSettings settings, string espeakVersion)
    {
        var text = new StringBuilder();
        text.Append(CodeVersion).Append('\n').Append(espeakVersion).Append('\n').AppendJoin(',', settings.Voices).Append('\n').Append(settings.TimesEachWord).Append('\n');
        text.AppendJoin(' ', grammar.Words).Append('\n').AppendJoin(' ', grammar.NodeWords).Append('\n').AppendJoin(' ', grammar.Starts).Append('\n');
        foreach (var successors in grammar.Successors)
        {
            text.AppendJoin(' ', successors).Append('\n');
        }

        text.AppendJoin(' ', grammar.IsFinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    public static string PathOf(string directory, string key) => Path.Combine(directory, $"ear-{key}.model");

    public static void Write(string path, EarModel model)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written beside and moved, so that a process that dies meanwhile leaves no half model.
        var draft = $"{path}.{Environment.ProcessId}.draft";
        using (var writer = new BinaryWriter(File.Create(draft)))
        {
            writer.Write(Magic);
            WriteArray<int>(writer, model.States.First);
            WriteArray<int>(writer, model.States.ComponentStarts);
            WriteArray<float>(writer, model.States.Means);
            WriteArray<float>(writer, model.States.Precisions);
            WriteArray<float>(writer, model.States.Constants);
            WriteArray<float>(writer, model.Mean);
            WriteArray<float>(writer, model.Variance);
            writer.Write(Magic);
        }

        File.Move(draft, path, overwrite: true);
    }

    public static EarModel? Read(string path, Grammar grammar)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            if (reader.ReadUInt32() != Magic)
            {
                return null;
            }

            var states = new StateModels(ReadArray<int>(reader), ReadArray<int>(reader), ReadArray<float>(reader), ReadArray<float>(reader), ReadArray<float>(reader));
            var model = new EarModel(grammar, states, ReadArray<float>(reader), ReadArray<float>(reader));
            return reader.ReadUInt32() == Magic && states.First.Length == grammar.Words.Length + 1 ? model : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static void WriteArray<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var length = reader.ReadInt32();
        if (length is < 0 or > MaxArrayLength)
        {
            throw new InvalidDataException($"An array of {length} values.");
        }

        var values = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
