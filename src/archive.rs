//! All files in one: a zip archive that is the same to the byte for the same files.

use crate::generate::Artifact;
use std::io::{Cursor, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip archive of these files, in their order.
///
/// Stored rather than compressed, since they are small text, and all dated 1980-01-01, the first day that the format
/// knows: the same files give the same bytes, whenever and wherever they are packed.
///
/// # Errors
/// Two files have the same path, or they are larger than the format allows: 65,535 bytes of path, 4 GiB a file.
pub fn zip(artifacts: &[Artifact]) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for artifact in artifacts {
        archive.start_file(artifact.path.as_str(), options)?;
        archive.write_all(artifact.text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use zip::ZipArchive;

    fn artifact(path: &str, lines: &[&str]) -> Artifact {
        Artifact::from_lines(path, lines.iter().map(|line| ((*line).to_owned(), None)))
    }

    #[test]
    fn every_file_comes_out_as_it_went_in_and_in_order() {
        let artifacts = [
            artifact("Dockerfile", &["FROM scratch"]),
            artifact("k8s/api.yaml", &["a: é", ""]),
            artifact("empty", &[]),
        ];
        let mut archive = ZipArchive::new(Cursor::new(zip(&artifacts).unwrap())).unwrap();
        assert_eq!(archive.len(), artifacts.len());
        for (index, artifact) in artifacts.iter().enumerate() {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!(file.name().unwrap(), artifact.path);
            assert_eq!(text, artifact.text);
            assert_eq!(file.unix_mode(), Some(0o100_644));
        }
    }

    #[test]
    fn the_date_is_the_formats_first_day() {
        let bytes = zip(&[artifact("a", &["b"])]).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let date = archive.by_index(0).unwrap().last_modified().unwrap();
        assert_eq!((date.year(), date.month(), date.day(), date.hour()), (1980, 1, 1, 0));
    }

    #[test]
    fn one_path_twice_is_an_error() {
        assert!(zip(&[artifact("a", &["1"]), artifact("a", &["2"])]).is_err());
    }
}
