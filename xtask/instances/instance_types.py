"""Writes src/model/instance_types/table.rs: common types of machines, from what their clouds and their users publish.

    python3 xtask/instances/instance_types.py                      # downloads the sources from GitHub
    python3 xtask/instances/instance_types.py --repositories DIR   # reads them from git repositories DIR/OWNER/NAME

Every figure comes from a file below, at the commit below. A type that a source lacks ends the script, and a price that no
source gives with a date stays absent.
"""

import argparse
import json
import re
import subprocess
import urllib.request
from pathlib import Path

TABLE = Path(__file__).resolve().parents[2] / "src/model/instance_types/table.rs"

# The sources: repository, commit, path.
EC2 = ("kubernetes/autoscaler", "55c37cd5eb550756c5ccc5a89e9068d77797e575",
       "cluster-autoscaler/cloudprovider/aws/ec2_instance_types.go")
EC2_INTERFACES = ("awslabs/amazon-eks-ami", "81fec2e895854f599974fe4d3d72f61c0a9aaffa",
                  "nodeadm/internal/kubelet/instance-info.jsonl")
EC2_PRICES = ("aws/karpenter-provider-aws", "1d927085dd81a9df9301e613f371dac5b4d16bfe",
              "pkg/providers/pricing/zz_generated.pricing_aws.go")
AZURE = ("kubernetes/autoscaler", "55c37cd5eb550756c5ccc5a89e9068d77797e575",
         "cluster-autoscaler/cloudprovider/azure/azure_instance_types.go")
AZURE_PRICES = ("Azure/karpenter-provider-azure", "352646f599290c3a6d2f9710fb535a7b288f88ed",
                "pkg/providers/pricing/zz_generated.pricing.go")
GOOGLE = ("Cyclenerd/google-cloud-pricing-cost-calculator", "dac31281f2a4575f0a8bff20ac04fc71a5ff2190",
          "tools/machinetypes.csv")
GOOGLE_PRICES = ("kubernetes/autoscaler", "55c37cd5eb550756c5ccc5a89e9068d77797e575",
                 "cluster-autoscaler/cloudprovider/gce/gce_price_info.go")
# The file has no date of its own: this is the day of its last change before the commit above.
GOOGLE_PRICES_DATE = "2026-06-22"
# A file for each type; Hetzner has raised its prices since, so that they stay absent.
HETZNER = ("SpareCores/sc-data-dumps", "e8749bef991dfd1c531e84f09c2882945064a18d", "data/server/hcloud/{}.json")
DROPLETS = ("Hamerbyh/vpsprice", "28278b4e555d5e999eb4abfed3820a9d2f4893ff",
            "src/providers/digitalocean/droplet-price.md")

AWS_TYPES = """
    t3.nano t3.micro t3.small t3.medium t3.large t3.xlarge t3.2xlarge t4g.small t4g.medium t4g.large t4g.xlarge
    m5.large m5.xlarge m5.2xlarge m5.4xlarge m6i.large m6i.xlarge m7i.large m7i.xlarge m7i.2xlarge m7i.4xlarge
    m7i.8xlarge m7g.medium m7g.large m7g.xlarge c5.large c5.xlarge c5.2xlarge c7i.large c7i.xlarge c7i.2xlarge
    r5.large r7i.large r7i.xlarge
""".split()
GOOGLE_TYPES = """
    e2-micro e2-small e2-medium e2-standard-2 e2-standard-4 e2-standard-8 e2-standard-16 e2-highmem-2 e2-highmem-4
    e2-highcpu-2 e2-highcpu-4 n2-standard-2 n2-standard-4 n2-standard-8
""".split()
# Not D2as_v5: the source has the price of Windows for it.
AZURE_TYPES = """
    Standard_B1s Standard_B1ms Standard_B2s Standard_B2ms Standard_B4ms Standard_D2s_v5 Standard_D4s_v5 Standard_D8s_v5
    Standard_D16s_v5 Standard_E2s_v5 Standard_E4s_v5 Standard_F2s_v2 Standard_F4s_v2
""".split()
# By the numbers that Hetzner's API gives them.
HETZNER_TYPES = {
    "cx23": 114, "cx33": 115, "cx43": 116, "cx53": 117, "cpx22": 109, "cpx32": 110, "cpx42": 111, "cax11": 45,
    "cax21": 93, "cax31": 94, "cax41": 95, "ccx13": 96, "ccx23": 97,
}
# The names say what they have, as `doctl compute size list` does.
DROPLET_TYPES = """
    s-1vcpu-512mb-10gb s-1vcpu-1gb s-1vcpu-2gb s-2vcpu-2gb s-2vcpu-4gb s-4vcpu-8gb s-8vcpu-16gb
    g-2vcpu-8gb g-4vcpu-16gb
""".split()

# A month has 730 hours, as the clouds' own calculators reckon.
HOURS_A_MONTH = 730


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--repositories", type=Path, help="folder with git repositories, OWNER/NAME")
    repositories = arguments.parse_args().repositories

    def read(source):
        repository, commit, path = source
        if repositories:
            git = ["git", "-C", str(repositories / repository), "show", f"{commit}:{path}"]
            return subprocess.run(git, check=True, capture_output=True, text=True).stdout
        url = f"https://raw.githubusercontent.com/{repository}/{commit}/{path}"
        with urllib.request.urlopen(url) as response:
            return response.read().decode()

    clouds = [amazon(read), google(read), azure(read), hetzner(read), digital_ocean(read)]
    TABLE.write_text(written(clouds))


def amazon(read):
    sizes = sizes_of_go_map(read(EC2))
    interfaces = [json.loads(line) for line in read(EC2_INTERFACES).splitlines()]
    # `calculateStandardMaxPods` of nodeadm/internal/kubelet/eni_max_pods.go.
    pods = {
        one["instanceType"]: one["defaultMaxENIs"] * (one["ipv4AddressesPerInterface"] - 1) + 2 for one in interfaces
    }
    text = read(EC2_PRICES)
    date = re.search(r"generated at (\d{4}-\d\d-\d\d)T\S+ for us-east-1", text).group(1)
    region = text[text.index('"us-east-1": {'):]
    prices = prices_of(region[:region.index("\n\t},")])
    rows = [(name, *sizes[name], pods[name], monthly(prices.get(name))) for name in AWS_TYPES]
    return "Aws", ("us-east-1", date), rows


def google(read):
    sizes = {}
    for line in read(GOOGLE).splitlines()[1:]:
        name, cpus, _, memory, *_ = line.split(";")
        sizes[name] = (int(cpus), round(float(memory) * 1024))
    text = read(GOOGLE_PRICES)
    start = text.index("instancePrices = map[string]float64{")
    text = text[start:text.index("preemptiblePrices", start)] if "preemptiblePrices" in text[start:] else text[start:]
    # Where the autoscaler sets a price of its own, the comment has the published one.
    prices = {}
    for name, price, published in re.findall(r'"([a-z0-9-]+)":\s*([\d.]+),(?:\s*// Should be ([\d.]+\d))?', text):
        prices.setdefault(name, float(published or price))
    rows = [(name, *sizes[name], 0, monthly(prices.get(name))) for name in GOOGLE_TYPES]
    return "Google", ("us-central1", GOOGLE_PRICES_DATE), rows


def azure(read):
    sizes = sizes_of_go_map(read(AZURE))
    text = read(AZURE_PRICES)
    date = re.search(r"generated at (\d{4}-\d\d-\d\d)T", text).group(1)
    region = text[text.index('initialOnDemandPrices["eastus"]'):]
    prices = prices_of(region[:region.index("\n\t}")])
    rows = [(name, *sizes[name], 0, monthly(prices.get(name))) for name in AZURE_TYPES]
    return "Azure", ("eastus", date), rows


def hetzner(read):
    repository, commit, path = HETZNER
    rows = []
    for name, number in HETZNER_TYPES.items():
        server = json.loads(read((repository, commit, path.format(number))))
        if server["name"] != name or server["status"] != "ACTIVE":
            raise SystemExit(f"{name} is no server that one can order")
        rows.append((name, server["vcpus"], server["memory_amount"], 0, None))
    return "Hetzner", None, rows


def digital_ocean(read):
    text = read(DROPLETS)
    date = re.search(r"^date: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE).group(1)
    regular = text[text.index("### Regular Droplets"):text.index("### Premium Intel")]
    prices = {}
    for price, cpus, memory, unit in re.findall(r"\| \$(\d+)/mo \| (\d+) \| (\d+)(MB|GB) \|", regular):
        prices[int(cpus), int(memory) * (1024 if unit == "GB" else 1)] = int(price) * 100
    rows = []
    for name in DROPLET_TYPES:
        family, cpus, memory, unit = re.match(r"([a-z]+)-(\d+)vcpu-(\d+)(mb|gb)", name).groups()
        size = (int(cpus), int(memory) * (1024 if unit == "gb" else 1))
        rows.append((name, *size, 0, prices.get(size) if family == "s" else None))
    return "DigitalOcean", ("all regions", date), rows


def sizes_of_go_map(text):
    """Processors and MiB of each type of the autoscaler's lists."""
    entry = r'InstanceType:\s+"([^"]+)",(?:\s+SkuFamily:[^\n]*)?\s+VCPU:\s+(\d+),\s+MemoryMb:\s+(\d+),'
    return {name: (int(cpus), int(memory)) for name, cpus, memory in re.findall(entry, text)}


def prices_of(text):
    return {name: float(price) for name, price in re.findall(r'"([^"]+)":\s*([\d.]+)', text)}


def monthly(an_hour):
    """In cents."""
    return None if an_hour is None else round(an_hour * HOURS_A_MONTH * 100)


def written(clouds):
    sources = [EC2, EC2_INTERFACES, EC2_PRICES, AZURE, AZURE_PRICES, GOOGLE, GOOGLE_PRICES, HETZNER, DROPLETS]
    lines = ["//! The table of instance types. `xtask/instances/instance_types.py` writes this file from:", "//!"]
    for repository, commit, path in sources:
        lines += [f"//! - <https://github.com/{repository}>, `{path.replace('{}', '*')}` at", f"//!   `{commit}`"]
    lines += ["", "use super::Cloud::{Aws, Azure, DigitalOcean, Google, Hetzner};", "use super::{Cloud, InstanceType, Priced};"]
    lines += ["", "/// Where and when the prices of each cloud were published.", "pub(super) const PRICED: &[(Cloud, Priced)] = &["]
    for cloud, priced, _ in clouds:
        if priced:
            lines.append(f'    ({cloud}, Priced {{ region: "{priced[0]}", date: "{priced[1]}" }}),')
    lines += ["];", "", "/// Name, cloud, processors, MiB, pods (0: as many as the cloud's rule says), cents a month (0: not known)."]
    lines += ["#[rustfmt::skip]", "pub(super) const TABLE: &[InstanceType] = &["]
    for cloud, _, rows in clouds:
        lines += [
            f'    InstanceType::of({cloud}, "{name}", {cpus}, {memory:_}, {pods}, {price or 0:_}),'
            for name, cpus, memory, pods, price in rows
        ]
    return "\n".join([*lines, "];", ""])


main()
