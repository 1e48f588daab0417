using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace VoiceOrdering.Realtime.Simulator.Tests.Protocol;

/// <summary>A test that needs Node 20 or later with npm; without it it is skipped, and the run says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    private const int LeastVersion = 20;

    public NodeFactAttribute()
    {
        if (!HasNode())
        {
            Skip = $"Node {LeastVersion} with npm is not installed: the foreign clients were not tried.";
        }
    }

    private static bool HasNode()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            var version = node.StandardOutput.ReadToEnd().Trim();
            node.WaitForExit();
            var major = version.TrimStart('v').Split('.')[0];
            return int.TryParse(major, CultureInfo.InvariantCulture, out var number) && number >= LeastVersion;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
