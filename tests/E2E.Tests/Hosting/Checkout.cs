using System.Reflection;
using VoiceOrdering.TestKit.Processes;

namespace VoiceOrdering.E2E.Tests.Hosting;

/// <summary>Folders of this checkout that the end-to-end tests use.</summary>
internal static class Checkout
{
    public static string Root { get; } = typeof(Checkout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Screenshots to look at after a run; ignored by git.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screens")).FullName;

    /// <summary>The ear's models are the same for every data folder, so they are trained once a checkout.</summary>
    public static string EarModels { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "ear")).FullName;

    public static ApiStart Fresh(string dataDirectory, params string[] extra) => ApiStart.Fresh(Root, dataDirectory, extra) with { EarModels = EarModels };
}
